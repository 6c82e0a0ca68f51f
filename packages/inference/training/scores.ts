/** Scores of films under one set of weights, and how well they rank. */
import * as tf from "@tensorflow/tfjs-core";

import { runNetwork } from "../src/models/network.ts";
import type { WeightMap } from "../src/models/trunk.ts";
import { toTrunkScale } from "../src/models/preprocess.ts";

/** Raw results of films, in order. */
export interface RawScores {
  logits: Float32Array;
  /** Smooth maxima of the maps. */
  strongest: Float32Array;
  /** Map logits, `cells * cells` a film. */
  maps: Float32Array;
  cells: number;
}

const BATCH = 32;

/** Runs the net over `count` films that `filmAt` gives as grey 0…1. */
export function scoreFilms(
  weights: WeightMap,
  count: number,
  size: number,
  filmAt: (at: number) => Float32Array,
): RawScores {
  const cells = size / 16;
  const logits = new Float32Array(count);
  const strongest = new Float32Array(count);
  const maps = new Float32Array(count * cells * cells);
  for (let from = 0; from < count; from += BATCH) {
    const here = Math.min(BATCH, count - from);
    const pixels = new Float32Array(here * size * size);
    for (let at = 0; at < here; at += 1) {
      pixels.set(toTrunkScale(filmAt(from + at)), at * size * size);
    }
    const out = tf.tidy(() => {
      const x = tf.tensor4d(pixels, [here, size, size, 1]);
      const { logit, strongest: strong, map } = runNetwork(x, weights);
      return { logit, strong, map };
    });
    logits.set(out.logit.dataSync<"float32">(), from);
    maps.set(out.map.dataSync<"float32">(), from * cells * cells);
    strongest.set(out.strong.dataSync<"float32">(), from);
    tf.dispose(out);
  }
  return { logits, strongest, maps, cells };
}

/**
 * Area under the ROC curve by ranks (Mann and Whitney), ties counted half.
 * NaN when one class is missing.
 */
export function rankAuc(
  scores: ArrayLike<number>,
  positive: readonly boolean[],
): number {
  const order = positive.map((_, at) => at);
  order.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let rankSum = 0;
  let positives = 0;
  for (let at = 0; at < order.length;) {
    let end = at + 1;
    const value = scores[order[at] ?? 0];
    while (end < order.length && scores[order[end] ?? 0] === value) end += 1;
    const rank = (at + 1 + end) / 2;
    for (let i = at; i < end; i += 1) {
      if (positive[order[i] ?? 0] === true) {
        rankSum += rank;
        positives += 1;
      }
    }
    at = end;
  }
  const negatives = order.length - positives;
  return (
    (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
  );
}
