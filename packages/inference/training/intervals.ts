/** Percentile bootstrap by film (Efron 1979), seeded. */
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

function round(value: number): number {
  return Number(value.toFixed(4));
}
