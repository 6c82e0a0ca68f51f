/** Scores of films under one net, and how well they rank. */
import { auroc } from "../../src/metrics/ranking.ts";
import { scoredSet } from "../../src/metrics/scored-set.ts";
import { MAP_STRIDE } from "../../src/models/shape.ts";
import type { ScoreNet } from "./score-net.ts";

/** Raw results of films, in order. */
export interface RawScores {
  logits: Float32Array;
  /** Smooth maxima of the maps. */
  strongest: Float32Array;
  /** Map logits, `cells * cells` a film. */
  maps: Float32Array;
  cells: number;
}

/** Runs the net over `count` films that `filmAt` gives as grey 0…1. */
export async function scoreFilms(
  net: ScoreNet,
  count: number,
  filmAt: (at: number) => Float32Array,
): Promise<RawScores> {
  const cells = net.size / MAP_STRIDE;
  const scores: RawScores = {
    logits: new Float32Array(count),
    strongest: new Float32Array(count),
    maps: new Float32Array(count * cells * cells),
    cells,
  };
  for (let at = 0; at < count; at += 1) {
    const { logit, strongest, map } = await net.run(filmAt(at));
    scores.logits[at] = logit;
    scores.strongest[at] = strongest;
    scores.maps.set(map, at * cells * cells);
  }
  return scores;
}

/** Area under the ROC curve; NaN when one class is missing. */
export function rankAuc(
  scores: ArrayLike<number>,
  positive: readonly boolean[],
): number {
  return auroc(scoredSet(Array.from(scores), positive)) ?? Number.NaN;
}
