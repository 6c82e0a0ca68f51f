import { expect, it } from "vitest";
import { draftOf, isChanged, withBar } from "./bars-draft.ts";

const bar = {
  set: "REFERENCE",
  measure: "ECE",
  limit: 0.25,
  leastFilms: 20,
  leastOfAKind: 8,
  mustBeMeasured: true,
} as const;
const document = { phantoms: { films: 96, seed: 1 }, bars: [bar, bar] };

it("takes along nothing that the API does not know", () => {
  const read = {
    ...document,
    __typename: "BarsDocument",
    bars: [{ ...bar, __typename: "Bar" }],
  };
  expect(draftOf(read)).toEqual({ ...document, bars: [bar] });
});

it("changes the one bar, and is the same again when that is taken back", () => {
  const base = draftOf(document);
  const changed = withBar(base, 1, { limit: 0.1 });
  expect(changed.bars.map(({ limit }) => limit)).toEqual([0.25, 0.1]);
  expect(isChanged(changed, base)).toBe(true);
  expect(isChanged(withBar(changed, 1, { limit: 0.25 }), base)).toBe(false);
});
