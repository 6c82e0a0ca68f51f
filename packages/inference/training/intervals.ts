/** Intervals: percentile bootstrap by film (Efron 1979), seeded, and Wilson's. */
import { Random } from "./random.ts";
import type { ScoredSet } from "./operating-points.ts";

export interface Estimate {
  value: number;
  low: number;
  high: number;
}

const ROUNDS = 300;

/** A figure of a set and its 95 % interval. */
export function withInterval(
  set: ScoredSet,
  measure: (part: ScoredSet) => number,
): Estimate {
  const random = new Random(4711);
  const count = set.positive.length;
  const values = Array.from({ length: ROUNDS }, () => {
    const rows = Array.from({ length: count }, () => random.below(count));
    return measure({
      name: set.name,
      logits: rows.map((row) => set.logits[row] ?? 0),
      strongest: rows.map((row) => set.strongest[row] ?? 0),
      positive: rows.map((row) => set.positive[row] === true),
    });
  })
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);
  const at = (part: number): number =>
    values[Math.min(values.length - 1, Math.floor(part * values.length))] ?? 0;
  return {
    value: round(measure(set)),
    low: round(at(0.025)),
    high: round(at(0.975)),
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A mean over films with its bootstrap interval. */
export function meanInterval(values: readonly number[]): Estimate {
  return withInterval(
    {
      name: "",
      logits: values,
      strongest: values,
      positive: values.map(() => true),
    },
    (part) => mean(Array.from(part.logits)),
  );
}

// 97.5th percentile of the normal distribution.
const Z95 = 1.959964;

/** A share of `count` with its 95 % interval (Wilson 1927). */
export function wilson(value: number, count: number): Estimate {
  const z2 = Z95 ** 2;
  const centre = (value + z2 / (2 * count)) / (1 + z2 / count);
  const half =
    (Z95 / (1 + z2 / count)) *
    Math.sqrt((value * (1 - value)) / count + z2 / (4 * count * count));
  return {
    value: round(value),
    low: round(Math.max(0, centre - half)),
    high: round(Math.min(1, centre + half)),
  };
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
