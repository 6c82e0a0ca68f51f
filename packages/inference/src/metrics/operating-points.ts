import { proportion, type Figure } from "./figure.ts";

/** How many cases fell between two neighbouring thresholds. */
export interface ScoreBin {
  /** Cases with the finding, and without. */
  positives: number;
  negatives: number;
}

/** What calling a case positive from a threshold on leads to. */
export interface OperatingPoint {
  threshold: number;
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
  /** Null where no case has the finding. */
  sensitivity: Figure | null;
  /** Null where each has it. */
  specificity: Figure | null;
  /** Positive and negative predictive value; null where none is called so. */
  ppv: Figure | null;
  npv: Figure | null;
  /** See `harmOf`. */
  harm: number | null;
}

/** What figures of operating points rest on beside the counts. */
export interface PointOptions {
  /** How many false alarms one missed case weighs. */
  harmWeight: number;
  /** See `designEffectOf`; the largest of those that the figures rest on. */
  designEffect?: number;
}

/**
 * Every operating point of counted scores.
 *
 * @param thresholds ascending.
 * @param bins one more: `bins[0]` holds what is below the first threshold,
 *   `bins[i]` what is at least `thresholds[i - 1]` and below `thresholds[i]`.
 * @throws RangeError where there is not one bin more than thresholds.
 */
export function operatingPoints(
  thresholds: readonly number[],
  bins: readonly ScoreBin[],
  options: PointOptions,
): OperatingPoint[] {
  if (bins.length !== thresholds.length + 1) {
    throw new RangeError(
      `${String(thresholds.length)} thresholds make ${String(thresholds.length + 1)} bins, not ${String(bins.length)}`,
    );
  }
  const positives = sum(bins.map((bin) => bin.positives));
  const negatives = sum(bins.map((bin) => bin.negatives));
  let falseNegatives = 0;
  let trueNegatives = 0;
  return thresholds.map((threshold, at) => {
    falseNegatives += bins[at]?.positives ?? 0;
    trueNegatives += bins[at]?.negatives ?? 0;
    const truePositives = positives - falseNegatives;
    const falsePositives = negatives - trueNegatives;
    const called = truePositives + falsePositives;
    const cleared = trueNegatives + falseNegatives;
    const share = (hits: number, total: number): Figure | null =>
      proportion(hits, total, options.designEffect);
    return {
      threshold,
      truePositives,
      falsePositives,
      trueNegatives,
      falseNegatives,
      sensitivity: share(truePositives, positives),
      specificity: share(trueNegatives, negatives),
      ppv: share(truePositives, called),
      npv: share(trueNegatives, cleared),
      harm: harmOf(
        { falseNegatives, falsePositives, cases: called + cleared },
        options.harmWeight,
      ),
    };
  });
}

/**
 * What errors cost, counted in false alarms per 100 cases: a missed case weighs
 * `harmWeight` of them. The same order of thresholds as the net benefit of a
 * decision curve (Vickers & Elkin 2006) at a probability of 1 / (1 + weight):
 * the net benefit of 100 cases is their share with the finding less this,
 * divided by the weight.
 *
 * @returns null for no cases.
 */
export function harmOf(
  errors: { falseNegatives: number; falsePositives: number; cases: number },
  harmWeight: number,
): number | null {
  const { falseNegatives, falsePositives, cases } = errors;
  if (cases === 0) return null;
  return (100 * (harmWeight * falseNegatives + falsePositives)) / cases;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
