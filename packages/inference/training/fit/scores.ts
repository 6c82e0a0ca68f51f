/** Scores of films under one set of weights, and how well they rank. */
import * as tf from "@tensorflow/tfjs-core";

import { auroc } from "../../src/metrics/ranking.ts";
import { scoredSet } from "../../src/metrics/scored-set.ts";
import { runNetwork } from "../../src/models/network.ts";
import type { WeightMap } from "../../src/models/trunk.ts";
import { toTrunkScale } from "../../src/models/preprocess.ts";

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

/** Area under the ROC curve; NaN when one class is missing. */
export function rankAuc(
  scores: ArrayLike<number>,
  positive: readonly boolean[],
): number {
  return auroc(scoredSet(Array.from(scores), positive)) ?? Number.NaN;
}
