import type { BarInput, BarsDocumentInput } from "../../gql/graphql.ts";

type Given = Omit<BarsDocumentInput, "bars" | "phantoms"> & {
  phantoms: BarsDocumentInput["phantoms"];
  bars: readonly BarInput[];
};

/** The document of a version as it is handed back, without what Apollo adds. */
export function draftOf({ phantoms, bars }: Given): BarsDocumentInput {
  return {
    phantoms: { films: phantoms.films, seed: phantoms.seed },
    bars: bars.map((bar) => ({
      set: bar.set,
      measure: bar.measure,
      limit: bar.limit,
      leastFilms: bar.leastFilms,
      leastOfAKind: bar.leastOfAKind,
      mustBeMeasured: bar.mustBeMeasured,
    })),
  };
}

/** The draft with one bar changed. */
export function withBar(
  draft: BarsDocumentInput,
  at: number,
  change: Partial<BarInput>,
): BarsDocumentInput {
  return {
    ...draft,
    bars: draft.bars.map((bar, index) =>
      index === at ? { ...bar, ...change } : bar,
    ),
  };
}

/** Whether anything is another than it was. */
export function isChanged(
  draft: BarsDocumentInput,
  base: BarsDocumentInput,
): boolean {
  return JSON.stringify(draft) !== JSON.stringify(base);
}
