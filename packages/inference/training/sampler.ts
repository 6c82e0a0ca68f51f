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

const isRsna = (row: FilmRow): boolean => row.source === "rsna";
const isNihNormal = (row: FilmRow): boolean =>
  row.source === "nih" && row.label === "normal";

function from(
  source: string,
  label: FilmRow["label"],
): (row: FilmRow) => boolean {
  return (row) => row.source === source && row.label === label;
}

const GROUPS: readonly Group[] = [
  {
    name: "children-normal",
    share: 0.23,
    isMember: from("kermany", "normal"),
  },
  {
    name: "children-pneumonia",
    share: 0.23,
    isMember: from("kermany", "pneumonia"),
  },
  {
    name: "adult-normal-ap",
    share: 0.07,
    isMember: (row) =>
      isRsna(row) && row.label === "normal" && row.view === "AP",
  },
  {
    name: "adult-normal-pa",
    share: 0.08,
    isMember: (row) =>
      isRsna(row) && row.label === "normal" && row.view === "PA",
  },
  {
    name: "adult-pneumonia-ap",
    share: 0.11,
    isMember: (row) =>
      isRsna(row) && row.label === "pneumonia" && row.view === "AP",
  },
  {
    name: "adult-pneumonia-pa",
    share: 0.08,
    isMember: (row) =>
      isRsna(row) && row.label === "pneumonia" && row.view === "PA",
  },
  {
    name: "text-mined-normal-ap",
    share: 0.05,
    isMember: (row) => isNihNormal(row) && row.view === "AP",
  },
  {
    name: "text-mined-normal-pa",
    share: 0.05,
    isMember: (row) => isNihNormal(row) && row.view === "PA",
  },
  {
    name: "text-mined-pneumonia",
    share: 0.03,
    isMember: from("nih", "pneumonia"),
  },
  { name: "covid-ward", share: 0.03, isMember: from("hannover", "pneumonia") },
  {
    name: "covid-published",
    share: 0.03,
    isMember: from("covidcxnet", "pneumonia"),
  },
  {
    name: "phantom-normal",
    share: 0.02,
    isMember: from("phantom", "normal"),
  },
  {
    name: "phantom-pneumonia",
    share: 0.02,
    isMember: from("phantom", "pneumonia"),
  },
  {
    name: "cases-published",
    share: 0.01,
    isMember: from("cohen", "pneumonia"),
  },
];

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
