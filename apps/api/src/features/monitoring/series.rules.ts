import { dayAfter, daysFrom } from "./day.rules.ts";
import type { DaySums, Sums } from "./monitoring.store.ts";

/** What is drawn day by day. */
export const MEASURES = [
  "AGREEMENT",
  "REFUSED",
  "PROBABILITY",
  "GREY_MEAN",
  "GREY_SPAN",
  "GATE_DISTANCE",
] as const;
export type Measure = (typeof MEASURES)[number];

/** Films or signatures that it takes to say what is normal. */
export const NORMAL_NEEDS = 200;

export interface SeriesPoint {
  day: string;
  /** Films or signatures of the day. */
  count: number;
  /** Null where there was none. */
  value: number | null;
  /** Where a day of as many lies in 997 of 1,000; null while not known. */
  low: number | null;
  high: number | null;
}

export interface Series {
  measure: Measure;
  /** Films or signatures that say what is normal, and how many it takes. */
  normalOf: number;
  normalNeeds: number;
  points: SeriesPoint[];
}

/** Count, mean and deviation of one film of a sample. */
interface Sample {
  count: number;
  mean: number;
  deviation: number;
}

const OF_MEASURE: Readonly<Record<Measure, (sums: Sums) => Sample | null>> = {
  AGREEMENT: ({ confirmed, overridden }) =>
    ofShare(confirmed, confirmed + overridden),
  REFUSED: ({ films, assessed }) => ofShare(films - assessed, films),
  PROBABILITY: (sums) =>
    ofSums(sums.assessed, sums.probabilitySum, sums.probabilitySquares),
  GREY_MEAN: (sums) =>
    ofSums(sums.greyFilms, sums.greyMeanSum, sums.greyMeanSquares),
  GREY_SPAN: (sums) =>
    ofSums(sums.greyFilms, sums.greySpanSum, sums.greySpanSquares),
  GATE_DISTANCE: (sums) =>
    ofSums(sums.distanceFilms, sums.distanceSum, sums.distanceSquares),
};

/** Measures between 0 and 1, whose limits stay there. */
const MOST = (measure: Measure): number =>
  measure === "GATE_DISTANCE" ? Infinity : 1;

/** Shewhart 1931: limits at three deviations of a day's mean. */
const LIMIT = 3;

/**
 * A measure over the shown days, with what is normal for as many films:
 * Shewhart's control limits (p chart for shares, x̄ chart for means) of the
 * days before, or of the shown ones where those have too few.
 */
export function seriesOf(
  measure: Measure,
  sums: readonly DaySums[],
  from: string,
  to: string,
): Series {
  const sampleOf = OF_MEASURE[measure];
  const shown = sums.filter(({ day }) => day >= from);
  const before = sampleOf(total(sums.filter(({ day }) => day < from)));
  const normal =
    before !== null && before.count >= NORMAL_NEEDS
      ? before
      : sampleOf(total(shown));
  const isKnown = normal !== null && normal.count >= NORMAL_NEEDS;
  const byDay = new Map(shown.map((row) => [row.day, row]));
  return {
    measure,
    normalOf: normal?.count ?? 0,
    normalNeeds: NORMAL_NEEDS,
    points: daysFrom(from, to).map((day) => {
      const row = byDay.get(day);
      const sample = row === undefined ? null : sampleOf(row);
      const count = sample?.count ?? 0;
      const limits =
        isKnown && count > 0 ? limitsOf(normal, count, MOST(measure)) : null;
      return {
        day,
        count,
        value: sample?.mean ?? null,
        low: limits?.low ?? null,
        high: limits?.high ?? null,
      };
    }),
  };
}

function limitsOf({ mean, deviation }: Sample, count: number, most: number) {
  const half = (LIMIT * deviation) / Math.sqrt(count);
  return { low: Math.max(0, mean - half), high: Math.min(most, mean + half) };
}

function ofShare(hits: number, count: number): Sample | null {
  if (count === 0) return null;
  const mean = hits / count;
  return { count, mean, deviation: Math.sqrt(mean * (1 - mean)) };
}

function ofSums(count: number, sum: number, squares: number): Sample | null {
  if (count === 0) return null;
  const mean = sum / count;
  // Rounding may leave a little below nothing.
  const variance = Math.max(0, squares / count - mean ** 2);
  return { count, mean, deviation: Math.sqrt(variance) };
}

/** Sums of several days or groups. */
export function total(rows: readonly Sums[]): Sums {
  const sum = (name: keyof Sums): number =>
    rows.reduce((all, row) => all + row[name], 0);
  return {
    films: sum("films"),
    assessed: sum("assessed"),
    greyFilms: sum("greyFilms"),
    greyMeanSum: sum("greyMeanSum"),
    greyMeanSquares: sum("greyMeanSquares"),
    greySpanSum: sum("greySpanSum"),
    greySpanSquares: sum("greySpanSquares"),
    distanceFilms: sum("distanceFilms"),
    distanceSum: sum("distanceSum"),
    distanceSquares: sum("distanceSquares"),
    probabilitySum: sum("probabilitySum"),
    probabilitySquares: sum("probabilitySquares"),
    confirmed: sum("confirmed"),
    overridden: sum("overridden"),
    truePositive: sum("truePositive"),
    falsePositive: sum("falsePositive"),
    trueNegative: sum("trueNegative"),
    falseNegative: sum("falseNegative"),
    contradicted: sum("contradicted"),
    followed: sum("followed"),
    helped: sum("helped"),
    misled: sum("misled"),
  };
}

/** The first of some days up to one. */
export function firstOf(last: string, days: number): string {
  return dayAfter(last, 1 - days);
}
