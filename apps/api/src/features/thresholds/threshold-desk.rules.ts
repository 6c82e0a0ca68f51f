import {
  designEffectOf,
  operatingPoints,
  type OperatingPoint,
  type ScoreBin,
} from "@lung-iris/inference";
import type { LabelGrade } from "@lung-iris/prisma";
import type {
  ArrivedCount,
  DecidedCount,
  PatientSums,
} from "./threshold-desk.store.ts";

/**
 * Fewest cases with the finding, and without it, below which nothing is
 * suggested: with 50 no share has an interval wider than 14 points to either
 * side (Wilson).
 */
export const FEWEST_CASES = 50;

/** Steps of the slider: hundredths. */
const STEPS = Array.from({ length: 99 }, (_, at) => (at + 1) / 100);
/**
 * Labels that count unless somebody chooses otherwise. Not those of one reader
 * who had seen the AI: they would praise it for what it said.
 */
export const INDEPENDENT_GRADES: readonly LabelGrade[] = [
  "ADJUDICATED",
  "TWO_AGREE",
  "ONE_BLIND",
];

/** Counted for how many positives there are a day: four whole weeks. */
export const DAYS_COUNTED = 28;
const DAY_MS = 86_400_000;

/** The slider's steps with other thresholds among them, ascending. */
export function stepsWith(others: readonly (number | null)[]): number[] {
  const known = others.filter((threshold) => threshold !== null);
  return [...new Set([...STEPS, ...known])].sort((a, b) => a - b);
}

/** Counts by label, bin by bin, of the grades that count. */
export function binsOf(
  counts: readonly DecidedCount[],
  grades: readonly LabelGrade[],
  thresholds: readonly number[],
): ScoreBin[] {
  const bins = Array.from({ length: thresholds.length + 1 }, () => {
    return { positives: 0, negatives: 0 };
  });
  for (const { bin, isPresent, grade, cases } of counts) {
    const own = bins[bin];
    if (own === undefined || !grades.includes(grade)) continue;
    if (isPresent) own.positives += cases;
    else own.negatives += cases;
  }
  return bins;
}

/** Every point of the slider, with intervals that know of patients. */
export function pointsOf(
  thresholds: readonly number[],
  bins: readonly ScoreBin[],
  sums: PatientSums,
  harmWeight: number,
): OperatingPoint[] {
  const { positives, negatives } = totalOf(bins);
  const designEffect = Math.max(
    designEffectOf(positives, sums.ofPositives),
    designEffectOf(negatives, sums.ofNegatives),
    designEffectOf(positives + negatives, sums.ofAll),
  );
  return operatingPoints(thresholds, bins, { harmWeight, designEffect });
}

export function totalOf(bins: readonly ScoreBin[]): ScoreBin {
  return bins.reduce(
    (total, bin) => ({
      positives: total.positives + bin.positives,
      negatives: total.negatives + bin.negatives,
    }),
    { positives: 0, negatives: 0 },
  );
}

/** Whether there are too few to suggest anything. */
export function isTooFew({ positives, negatives }: ScoreBin): boolean {
  return positives < FEWEST_CASES || negatives < FEWEST_CASES;
}

/**
 * The threshold that does the least harm; of several the lowest, which misses
 * the fewest. Null with too few cases.
 */
export function suggestedOf(
  points: readonly OperatingPoint[],
  total: ScoreBin,
): number | null {
  if (isTooFew(total)) return null;
  const [first, ...others] = points;
  if (first === undefined) return null;
  const best = others.reduce(
    (least, point) =>
      (point.harm ?? Infinity) < (least.harm ?? Infinity) ? point : least,
    first,
  );
  return best.threshold;
}

/** How many cases come in a day, and how many of them would be positive. */
export interface DailyCases {
  /** Days that were counted. */
  days: number;
  casesADay: number;
  /** One number for each threshold; null where the model saw none yet. */
  positivesADay: (number | null)[];
}

/**
 * From the newest four weeks, or from the first case on where the site is
 * younger. A model that has just become live saw only some of the cases: its
 * share of positives is taken of those, and applied to all that come in.
 */
export function dailyOf(
  counts: readonly ArrivedCount[],
  thresholds: readonly number[],
  now: Date,
): DailyCases {
  const all = counts.reduce((total, { cases }) => total + cases, 0);
  const first = Math.min(...counts.map((count) => count.first.getTime()));
  const age = Math.ceil((now.getTime() - first) / DAY_MS);
  const days = all === 0 ? DAYS_COUNTED : clamp(age, 1, DAYS_COUNTED);
  const casesADay = all / days;
  const own = counts.filter(({ bin }) => bin !== null);
  const seen = own.reduce((total, { cases }) => total + cases, 0);
  const positivesADay = thresholds.map((_, at) => {
    if (seen === 0) return null;
    const called = own
      .filter(({ bin }) => bin !== null && bin > at)
      .reduce((total, { cases }) => total + cases, 0);
    return (called / seen) * casesADay;
  });
  return { days, casesADay, positivesADay };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
