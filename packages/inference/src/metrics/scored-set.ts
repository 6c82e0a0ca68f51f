/** Films with a known answer and a score, sorted once for every figure. */
export interface ScoredSet {
  /** Scores or probabilities, ascending. */
  scores: Float64Array;
  /** 1 for films that have the finding. */
  labels: Uint8Array;
  /** Position of each entry in the order that the set was made from. */
  origin: Uint32Array;
}

/** How often each entry counts; an index beyond the array counts once. */
export type Weights = Float64Array | Uint32Array;

/**
 * Sorts scores with their labels.
 *
 * @throws RangeError where a score is no number: a missing answer must be left
 *   out by the caller, never counted as something.
 */
export function scoredSet(
  scores: readonly number[],
  labels: readonly boolean[],
): ScoredSet {
  if (scores.length !== labels.length || scores.some(Number.isNaN)) {
    throw new RangeError("each score needs a label, and must be a number");
  }
  const origin = Uint32Array.from(scores.keys()).sort(
    (a, b) => (scores[a] ?? 0) - (scores[b] ?? 0),
  );
  return {
    scores: Float64Array.from(origin, (i) => scores[i] ?? 0),
    labels: Uint8Array.from(origin, (i) => (labels[i] === true ? 1 : 0)),
    origin,
  };
}

/** Sums of weights of one run of equal scores. */
export interface Tie {
  score: number;
  positives: number;
  negatives: number;
}

/** Runs of equal scores, ascending. */
export function* ties(set: ScoredSet, weights?: Weights): Generator<Tie> {
  let at = 0;
  while (at < set.scores.length) {
    const tie: Tie = { score: set.scores[at] ?? 0, positives: 0, negatives: 0 };
    while (at < set.scores.length && set.scores[at] === tie.score) {
      const weight = weightOf(set, at, weights);
      if (set.labels[at] === 1) tie.positives += weight;
      else tie.negatives += weight;
      at += 1;
    }
    yield tie;
  }
}

/** Weight of a sorted entry; weights are in the order before sorting. */
export function weightOf(
  set: ScoredSet,
  at: number,
  weights: Weights | undefined,
): number {
  return weights === undefined ? 1 : (weights[set.origin[at] ?? 0] ?? 1);
}
