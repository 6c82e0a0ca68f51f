import type { Model } from "../model-versions/use-models.ts";

type Card = Pick<
  Model,
  | "sha256"
  | "inputSize"
  | "parameters"
  | "thresholds"
  | "metrics"
  | "trainingData"
  | "makers"
  | "trainingPatients"
>;
type Figure = Card["metrics"][number]["metric"];

/** What two cards say differently; what both say alike is left out. */
export interface CardDifference {
  /** Facts with the live model's and the candidate's. */
  facts: {
    fact: "weights" | "input" | "parameters";
    live: string | number;
    candidate: string | number;
  }[];
  thresholds: {
    finding: string;
    group: string;
    operatingPoint: string;
    live: number | null;
    candidate: number | null;
  }[];
  /** Collections that only one of the two learnt from, or with other counts. */
  data: { name: string; live: number | null; candidate: number | null }[];
  figures: {
    split: string;
    name: string;
    live: Figure | null;
    candidate: Figure | null;
  }[];
}

/** The candidate's card held against the live model's. */
export function cardDifference(live: Card, candidate: Card): CardDifference {
  const facts = [
    { fact: "weights", live: live.sha256, candidate: candidate.sha256 },
    { fact: "input", live: live.inputSize, candidate: candidate.inputSize },
    {
      fact: "parameters",
      live: live.parameters,
      candidate: candidate.parameters,
    },
  ] as const;
  return {
    facts: facts.filter((row) => row.live !== row.candidate),
    thresholds: paired(
      live.thresholds,
      candidate.thresholds,
      ({ finding, group, operatingPoint }) => ({
        finding,
        group,
        operatingPoint,
      }),
      ({ threshold }) => threshold,
    ),
    data: paired(
      live.trainingData,
      candidate.trainingData,
      ({ name }) => ({ name }),
      ({ films }) => films,
    ),
    figures: paired(
      live.metrics,
      candidate.metrics,
      ({ split, name }) => ({ split, name }),
      ({ metric }) => metric,
    ),
  };
}

/** Rows of both under their keys, those left out that are the same. */
function paired<Row, Key extends object, Value>(
  live: readonly Row[],
  candidate: readonly Row[],
  keyOf: (row: Row) => Key,
  valueOf: (row: Row) => Value,
): (Key & { live: Value | null; candidate: Value | null })[] {
  const nameOf = (row: Row) => JSON.stringify(keyOf(row));
  const other = new Map(candidate.map((row) => [nameOf(row), row]));
  const known = new Set(live.map(nameOf));
  const rows = [
    ...live.map((row): [Row, Row | null, Row | null] => [
      row,
      row,
      other.get(nameOf(row)) ?? null,
    ]),
    ...candidate
      .filter((row) => !known.has(nameOf(row)))
      .map((row): [Row, Row | null, Row | null] => [row, null, row]),
  ];
  return rows
    .map(([row, ofLive, ofCandidate]) => ({
      ...keyOf(row),
      live: ofLive === null ? null : valueOf(ofLive),
      candidate: ofCandidate === null ? null : valueOf(ofCandidate),
    }))
    .filter((row) => !isSame(row.live, row.candidate));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
