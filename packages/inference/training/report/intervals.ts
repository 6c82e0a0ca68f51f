/** Figures of scored films with the intervals of `src/metrics`. */
import { bootstrap } from "../../src/metrics/bootstrap.ts";
import type { Figure } from "../../src/metrics/figure.ts";
import { proportion } from "../../src/metrics/figure.ts";

/** As the manifest holds it. */
export type Estimate = Figure;

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A mean over films with its bootstrap interval, patients drawn as one. */
export function meanInterval(
  values: readonly number[],
  patients: readonly string[],
): Estimate {
  return rounded(
    bootstrap(patients, (weights) => {
      let sum = 0;
      let total = 0;
      for (const [at, value] of values.entries()) {
        const weight = weights[at] ?? 0;
        sum += weight * value;
        total += weight;
      }
      return total === 0 ? null : sum / total;
    }),
  );
}

/** A share of `count` with its 95 % interval (Wilson 1927). */
export function wilson(share: number, count: number): Estimate {
  return rounded(proportion(Math.round(share * count), count));
}

/** Four digits are more than any set can tell. None: not a number. */
export function rounded(figure: Figure | null): Estimate {
  const of = (value: number | undefined): number =>
    Number((value ?? Number.NaN).toFixed(4));
  return {
    value: of(figure?.value),
    low: of(figure?.low),
    high: of(figure?.high),
  };
}
