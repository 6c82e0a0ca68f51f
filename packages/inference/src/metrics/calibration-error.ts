import { weightOf, type ScoredSet, type Weights } from "./scored-set.ts";

/** Ten bins of equal width, the choice of Naeini (2015) and Guo (2017) scaled to small sets. */
export const CALIBRATION_BINS = 10;

/** One bin of a reliability diagram. */
export interface ReliabilityBin {
  /** Films in the bin. */
  count: number;
  /** Mean probability given. */
  meanProbability: number;
  /** Share that has the finding. */
  observed: number;
}

/** Bins of equal width over 0…1; the last includes 1. Empty ones are left out. */
export function reliabilityBins(
  set: ScoredSet,
  weights?: Weights,
): ReliabilityBin[] {
  const counts = new Float64Array(CALIBRATION_BINS);
  const sums = new Float64Array(CALIBRATION_BINS);
  const hits = new Float64Array(CALIBRATION_BINS);
  for (let i = 0; i < set.scores.length; i++) {
    const probability = set.scores[i] ?? 0;
    const weight = weightOf(set, i, weights);
    const bin = binOf(probability);
    counts[bin] = (counts[bin] ?? 0) + weight;
    sums[bin] = (sums[bin] ?? 0) + weight * probability;
    hits[bin] = (hits[bin] ?? 0) + weight * (set.labels[i] ?? 0);
  }
  return [...counts.entries()]
    .filter(([, count]) => count > 0)
    .map(([bin, count]) => ({
      count,
      meanProbability: (sums[bin] ?? 0) / count,
      observed: (hits[bin] ?? 0) / count,
    }));
}

/**
 * Expected calibration error of the finding's probability: the gap between
 * mean probability and observed share, averaged over films.
 */
export function calibrationError(
  set: ScoredSet,
  weights?: Weights,
): number | null {
  const bins = reliabilityBins(set, weights);
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (total === 0) return null;
  return bins.reduce(
    (sum, bin) =>
      sum + (bin.count / total) * Math.abs(bin.meanProbability - bin.observed),
    0,
  );
}

/**
 * What `calibrationError` comes to by chance alone, were every probability
 * right: shares of few films differ from what they should be, and a mean of
 * absolute gaps never evens out (Bröcker and Smith 2007). Of 100 films it is
 * some 0.09. The mean absolute gap of a bin is that of a normal distribution
 * with the variance of its films, √(2/π) of the deviation.
 */
export function chanceOfCalibrationError(set: ScoredSet): number | null {
  const variances = new Float64Array(CALIBRATION_BINS);
  const { length } = set.scores;
  if (length === 0) return null;
  for (const p of set.scores) {
    const bin = binOf(p);
    variances[bin] = (variances[bin] ?? 0) + p * (1 - p);
  }
  return (
    variances.reduce((sum, v) => sum + Math.sqrt((2 / Math.PI) * v), 0) / length
  );
}

/**
 * What of a calibration error is not chance. Both are means of absolute gaps,
 * of which a bin's is about √(error² + chance²): near nothing where the
 * probabilities are right, the error itself where it is large.
 */
export function beyondChance(error: number, chance: number): number {
  return Math.sqrt(Math.max(0, error ** 2 - chance ** 2));
}

function binOf(probability: number): number {
  return Math.min(
    CALIBRATION_BINS - 1,
    Math.trunc(probability * CALIBRATION_BINS),
  );
}

/** Mean squared difference of probability and truth (Brier 1950). */
export function brier(set: ScoredSet, weights?: Weights): number | null {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < set.scores.length; i++) {
    const weight = weightOf(set, i, weights);
    total += weight;
    sum += weight * ((set.scores[i] ?? 0) - (set.labels[i] ?? 0)) ** 2;
  }
  return total === 0 ? null : sum / total;
}
