/** Which films make a batch. */
import { isTrainedOn } from "./data-used.ts";
import type { FilmRow } from "./films.ts";
import type { Random } from "./random.ts";
import type { Draw, Sources } from "./sources.ts";

interface Group {
  share: number;
  members: number[];
}

/** Draws indices of films by the shares of `sources.draws`; seeded. */
export class Sampler {
  readonly #groups: Group[];
  readonly #random: Random;
  readonly #total: number;

  constructor(rows: readonly FilmRow[], sources: Sources, random: Random) {
    this.#random = random;
    const configured = groupsOf(rows, sources.draws);
    // Films of nobody's configuration: as many with as without pneumonia.
    this.#groups = configured.length > 0 ? configured : byLabel(rows);
    this.#total = this.#groups.reduce((sum, group) => sum + group.share, 0);
    if (this.#total === 0) {
      throw new Error(
        "no film may be trained on: the manifest needs rows of split train " +
          "labelled normal or pneumonia, with may_train other than no",
      );
    }
  }

  /** Index of the next film. */
  next(): number {
    let left = this.#random.range(0, this.#total);
    for (const group of this.#groups) {
      left -= group.share;
      if (left > 0) continue;
      const at = group.members[this.#random.below(group.members.length)];
      if (at !== undefined) return at;
    }
    return this.#groups[0]?.members[0] ?? 0;
  }
}

function groupsOf(rows: readonly FilmRow[], draws: readonly Draw[]): Group[] {
  return draws
    .map(({ share, source, label, view }) => ({
      share,
      members: indices(
        rows,
        (row) =>
          row.source === source &&
          row.label === label &&
          (view === undefined || row.view === view),
      ),
    }))
    .filter(({ members }) => members.length > 0);
}

function byLabel(rows: readonly FilmRow[]): Group[] {
  return (["normal", "pneumonia"] as const)
    .map((label) => ({
      share: 0.5,
      members: indices(rows, (row) => row.label === label),
    }))
    .filter(({ members }) => members.length > 0);
}

function indices(
  rows: readonly FilmRow[],
  is: (row: FilmRow) => boolean,
): number[] {
  return rows.flatMap((row, at) => (isTrainedOn(row) && is(row) ? [at] : []));
}
