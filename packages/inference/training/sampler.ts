/**
 * Which films make a batch. Groups and their shares are chosen so that
 * neither collection nor view nor age tells the label: within children,
 * within bedside (AP) adults and within standing (PA) adults as many films
 * with as without pneumonia; collections without normals weigh little.
 */
import type { FilmRow } from "./manifest-rows.ts";
import type { Random } from "./random.ts";

interface Group {
  name: string;
  share: number;
  isMember(row: FilmRow): boolean;
}

function from(
  source: string,
  label: FilmRow["label"],
): (row: FilmRow) => boolean {
  return (row) => row.source === source && row.label === label;
}

const is =
  (source: string, label: FilmRow["label"], view: string) =>
  (row: FilmRow): boolean =>
    row.source === source && row.label === label && row.view === view;

// Adults are few (718 read by radiologists) and soon known by heart: six of
// ten films drawn are children's (docs/experiments.md).
const GROUPS: readonly Group[] = [
  group("children-normal", 0.29, from("kermany", "normal")),
  group("children-pneumonia", 0.29, from("kermany", "pneumonia")),
  group("adult-normal-ap", 0.053, is("rsna", "normal", "AP")),
  group("adult-normal-pa", 0.06, is("rsna", "normal", "PA")),
  group("adult-pneumonia-ap", 0.083, is("rsna", "pneumonia", "AP")),
  group("adult-pneumonia-pa", 0.06, is("rsna", "pneumonia", "PA")),
  group("text-mined-normal-ap", 0.03, is("nih", "normal", "AP")),
  group("text-mined-normal-pa", 0.03, is("nih", "normal", "PA")),
  group("text-mined-pneumonia", 0.02, from("nih", "pneumonia")),
  group("text-mined-other", 0.02, from("nih", "other")),
  group("covid-ward", 0.02, from("hannover", "pneumonia")),
  group("covid-published", 0.02, from("covidcxnet", "pneumonia")),
  group("cases-published", 0.01, from("cohen", "pneumonia")),
  group("phantom-normal", 0.01, from("phantom", "normal")),
  group("phantom-pneumonia", 0.01, from("phantom", "pneumonia")),
];

function group(
  name: string,
  share: number,
  isMember: (row: FilmRow) => boolean,
): Group {
  return { name, share, isMember };
}

/**
 * The rows with everything blanked out that must not be trained on: other
 * splits, and films whose licence allows validation only.
 */
export function trainingRows(rows: readonly FilmRow[]): FilmRow[] {
  return rows.map((row) =>
    (row.split === "train" || row.split === "phantom") && row.mayTrain
      ? row
      : { ...row, source: "", label: "other" },
  );
}

/** Draws row indices by the groups' shares; seeded. */
export class Sampler {
  readonly #groups: { share: number; members: number[] }[];
  readonly #random: Random;
  readonly #total: number;

  constructor(rows: readonly FilmRow[], random: Random) {
    this.#random = random;
    this.#groups = GROUPS.map((group) => ({
      share: group.share,
      members: rows.flatMap((row, at) => (group.isMember(row) ? [at] : [])),
    })).filter((group) => group.members.length > 0);
    this.#total = this.#groups.reduce((sum, group) => sum + group.share, 0);
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
