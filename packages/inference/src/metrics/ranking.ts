import { ties, type ScoredSet, type Weights } from "./scored-set.ts";

/**
 * Area under the ROC curve: the probability that a film with the finding
 * scores higher than one without, ties counting half (Mann-Whitney).
 *
 * @returns null where one of the two classes is missing.
 */
export function auroc(set: ScoredSet, weights?: Weights): number | null {
  let positives = 0;
  let negatives = 0;
  let wins = 0;
  for (const tie of ties(set, weights)) {
    wins += tie.positives * (negatives + tie.negatives / 2);
    positives += tie.positives;
    negatives += tie.negatives;
  }
  return positives === 0 || negatives === 0
    ? null
    : wins / (positives * negatives);
}

/**
 * Average precision: precision at every score, weighed by the recall gained
 * there (no interpolation, which would flatter).
 *
 * @returns null where no film has the finding.
 */
export function auprc(set: ScoredSet, weights?: Weights): number | null {
  const descending = [...ties(set, weights)].reverse();
  const positives = descending.reduce((sum, tie) => sum + tie.positives, 0);
  const negatives = descending.reduce((sum, tie) => sum + tie.negatives, 0);
  if (positives === 0 || negatives === 0) return null;
  let truePositives = 0;
  let flagged = 0;
  let area = 0;
  for (const tie of descending) {
    truePositives += tie.positives;
    flagged += tie.positives + tie.negatives;
    if (tie.positives > 0) {
      area += (tie.positives / positives) * (truePositives / flagged);
    }
  }
  return area;
}

/** A point of the ROC curve: calling `score` and above positive. */
export interface RocPoint {
  score: number;
  sensitivity: number;
  falsePositiveRate: number;
}

/** The ROC curve from (0, 0) to (1, 1). */
export function rocCurve(set: ScoredSet): RocPoint[] {
  const descending = [...ties(set)].reverse();
  const positives = descending.reduce((sum, tie) => sum + tie.positives, 0);
  const negatives = descending.reduce((sum, tie) => sum + tie.negatives, 0);
  const points: RocPoint[] = [
    { score: Infinity, sensitivity: 0, falsePositiveRate: 0 },
  ];
  let truePositives = 0;
  let falsePositives = 0;
  for (const tie of descending) {
    truePositives += tie.positives;
    falsePositives += tie.negatives;
    points.push({
      score: tie.score,
      sensitivity: positives === 0 ? 0 : truePositives / positives,
      falsePositiveRate: negatives === 0 ? 0 : falsePositives / negatives,
    });
  }
  return points;
}
