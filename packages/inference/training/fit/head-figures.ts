/** How well the further heads rank: the hint and the findings. */
import * as tf from "@tensorflow/tfjs-core";

import { OTHER_FINDINGS } from "../../src/findings/catalogue.ts";
import { runNetwork, type NetworkOutput } from "../../src/models/network.ts";
import { toTrunkScale } from "../../src/models/preprocess.ts";
import type { WeightMap } from "../../src/models/trunk.ts";
import { IDENTITY_WARP, warp } from "../data/augment-geometry.ts";
import type { FilmCache } from "../data/film-cache.ts";
import { bootstrap } from "../../src/metrics/bootstrap.ts";
import { auroc } from "../../src/metrics/ranking.ts";
import { scoredSet } from "../../src/metrics/scored-set.ts";
import { rounded, type Estimate } from "../report/intervals.ts";
import type { FilmRow } from "../data/films.ts";

const BATCH = 32;

/** Logits of one head, one row a film. */
export function headLogits(
  weights: WeightMap,
  films: readonly number[],
  cache: FilmCache,
  size: number,
  head: (out: NetworkOutput) => tf.Tensor2D | null,
): number[][] {
  const rows: number[][] = [];
  for (let from = 0; from < films.length; from += BATCH) {
    const here = films.slice(from, from + BATCH);
    const pixels = new Float32Array(here.length * size * size);
    for (const [at, index] of here.entries()) {
      const grey = warp(cache.film(index), cache.size, size, IDENTITY_WARP);
      pixels.set(toTrunkScale(grey), at * size * size);
    }
    const logits = tf.tidy(() => {
      const x = tf.tensor4d(pixels, [here.length, size, size, 1]);
      return head(runNetwork(x, weights)) ?? tf.zeros([here.length, 0]);
    });
    rows.push(...(logits.arraySync() as number[][]));
    logits.dispose();
  }
  return rows;
}

/** Scores of one finding on the films whose label is known. */
export interface FindingScores {
  code: string;
  logits: number[];
  positive: boolean[];
  /** Films of one patient are resampled together. */
  patients: string[];
}

/** The further findings on films of the given splits whose labels are known. */
export function findingScores(
  weights: WeightMap,
  rows: readonly FilmRow[],
  splits: readonly string[],
  cache: FilmCache,
  size: number,
): FindingScores[] {
  const films = rows.flatMap((row, at) =>
    row.truths !== null && splits.includes(row.split) ? [at] : [],
  );
  const logits = headLogits(
    weights,
    films,
    cache,
    size,
    (out) => out.others?.logits ?? null,
  );
  return OTHER_FINDINGS.map(({ code }, finding) => {
    const known = films.flatMap((index, at) => {
      const label = rows[index]?.truths?.[finding] ?? Number.NaN;
      return Number.isNaN(label) ? [] : [{ at, index, label }];
    });
    return {
      code,
      logits: known.map(({ at }) => logits[at]?.[finding] ?? Number.NaN),
      positive: known.map(({ label }) => label > 0.5),
      patients: known.map(({ index }) => rows[index]?.patient ?? ""),
    };
  });
}

/** Viral against bacterial among children of `val` with pneumonia. */
export function hintFigures(
  weights: WeightMap,
  rows: readonly FilmRow[],
  cache: FilmCache,
  size: number,
): { hintViral: Record<string, Estimate> } {
  const graded = rows.flatMap((row, at) =>
    row.split === "val" && row.isGraded ? [at] : [],
  );
  const viral = headLogits(weights, graded, cache, size, (out) => out.viral);
  if (graded.length === 0) return { hintViral: {} };
  const scored = scoredSet(
    viral.map(([logit = 0]) => logit),
    graded.map((index) => rows[index]?.sublabel === "viral"),
  );
  const patients = graded.map((index) => rows[index]?.patient ?? "");
  return {
    hintViral: {
      auroc: rounded(bootstrap(patients, (weights) => auroc(scored, weights))),
    },
  };
}
