/** Trains a comparison net on the same films, for docs/experiments.md. */
import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";

import { MAP_STRIDE } from "../../src/models/shape.ts";
import { toTrunkScale } from "../../src/models/preprocess.ts";
import { makeBatch } from "../data/batch.ts";
import type { ComparisonNet } from "./comparison-nets.ts";
import type { TrainConfig } from "./config.ts";
import type { FilmCache } from "../data/film-cache.ts";
import { rateFactor } from "./fine-tune.ts";
import { crossEntropy } from "./loss.ts";
import type { FilmRow } from "../data/films.ts";
import { Optimizer } from "./optimizer.ts";
import { showProgress } from "./progress.ts";
import { Random } from "../data/random.ts";
import { Sampler } from "../data/sampler.ts";
import type { Sources } from "../data/sources.ts";
import { rankAuc } from "../fit/scores.ts";
import type { ValidationSet } from "../data/validation-sets.ts";

const EVALUATION_BATCH = 32;

/** Trains and returns the area under the curve on every set. */
export async function compareNet(
  net: ComparisonNet,
  config: TrainConfig,
  inputs: {
    rows: readonly FilmRow[];
    cache: FilmCache;
    sets: readonly ValidationSet[];
    sources: Sources;
    folder: string;
  },
): Promise<Record<string, number>> {
  const random = new Random(config.seed);
  const sampler = new Sampler(inputs.rows, inputs.sources, random);
  const optimizer = new Optimizer(net.variables, config.averageDecay);
  const list = Array.from(net.variables.values());
  for (let step = 1; step <= config.steps; step += 1) {
    const indices = Array.from({ length: config.batch }, () => sampler.next());
    const batch = makeBatch(inputs.rows, indices, inputs.cache, {
      size: net.size,
      cells: net.size / MAP_STRIDE,
      augmentation: config.augmentation,
      smoothing: config.smoothing,
      random,
      looks: 1,
      partner: () => sampler.next(),
    });
    const { value, grads } = tf.variableGrads(
      () => tf.mean(crossEntropy(net.logit(batch.films), batch.label)),
      list,
    );
    const loss = value.dataSync<"float32">()[0] ?? Number.NaN;
    value.dispose();
    batch.dispose();
    const rate = config.headRate * rateFactor(step, config);
    optimizer.apply(net.variables, grads, {
      trunk: rate,
      head: rate,
      weightDecay: config.weightDecay,
      clipNorm: 5,
    });
    showProgress(net.name, step, config.steps, `loss ${loss.toFixed(3)}`);
  }
  for (const [name, average] of optimizer.averages()) {
    net.variables.get(name)?.assign(average);
  }
  const aucs = Object.fromEntries(
    inputs.sets.map((set) => [set.name, areaUnderCurve(net, set, inputs.rows)]),
  );
  await mkdir(inputs.folder, { recursive: true });
  const line = {
    net: net.name,
    steps: config.steps,
    batch: config.batch,
    ...aucs,
  };
  await appendFile(
    join(inputs.folder, "comparison.jsonl"),
    `${JSON.stringify(line)}\n`,
  );
  return aucs;
}

function areaUnderCurve(
  net: ComparisonNet,
  set: ValidationSet,
  rows: readonly FilmRow[],
): number {
  const scores = new Float32Array(set.rows.length);
  const area = net.size * net.size;
  for (let from = 0; from < scores.length; from += EVALUATION_BATCH) {
    const here = Math.min(EVALUATION_BATCH, scores.length - from);
    const pixels = new Float32Array(here * area);
    for (let at = 0; at < here; at += 1) {
      pixels.set(toTrunkScale(set.film(from + at)), at * area);
    }
    const logit = tf.tidy(() =>
      net.logit(tf.tensor4d(pixels, [here, net.size, net.size, 1])),
    );
    scores.set(logit.dataSync<"float32">(), from);
    logit.dispose();
  }
  const positive = set.rows.map((row) => rows[row]?.label === "pneumonia");
  return Number(rankAuc(scores, positive).toFixed(4));
}
