/**
 * The findings' heads on a trunk that stays as it is: a convolution of their
 * own on the trunk's last features, a map and a logit for each. The answer for
 * pneumonia does not change by a bit.
 */
import * as tf from "@tensorflow/tfjs-core";

import { OTHER_FINDINGS } from "../../src/findings/catalogue.ts";
import { otherFindings } from "../../src/models/network.ts";
import { LAST_BLOCK, LITE0_BLOCKS } from "../../src/models/shape.ts";
import { isTrainedOn } from "../data/data-used.ts";
import { augment, type AugmentConfig } from "../data/augment.ts";
import { IDENTITY_WARP, warp } from "../data/augment-geometry.ts";
import type { FilmCache } from "../data/film-cache.ts";
import type { FindingLabels } from "../data/finding-labels.ts";
import type { FilmRow } from "../data/films.ts";
import { Random } from "../data/random.ts";
import { crossEntropy } from "../net/loss.ts";
import { Optimizer } from "../net/optimizer.ts";
import { showProgress } from "../net/progress.ts";
import type { ScoreNet } from "./score-net.ts";

/** How the heads are trained; chosen by cross-validation on training films. */
export interface HeadsConfig {
  seed: number;
  /** Channels of the findings' own convolution. */
  width: number;
  steps: number;
  batch: number;
  rate: number;
  weightDecay: number;
  /** Part of the features that a step does not see. */
  dropout: number;
  /** Films are seen as they are and in so many further looks. */
  looks: number;
}

/** Of the committed model. */
export const STANDARD_HEADS: HeadsConfig = {
  seed: 20261129,
  width: 64,
  steps: 400,
  batch: 64,
  rate: 1.5e-3,
  weightDecay: 0.3,
  dropout: 0.3,
  looks: 0,
};

/** A film as the trunk saw it, once in every look; the first is the film. */
export interface FeaturedFilm {
  looks: Float32Array[];
  targets: FindingLabels;
  truths: FindingLabels | null;
  patient: string;
}

const CHANNELS = LITE0_BLOCKS[LAST_BLOCK]?.outChannels ?? 0;

/** Runs the trunk over the training films whose findings are known. */
export async function featuredFilms(
  net: ScoreNet,
  rows: readonly FilmRow[],
  cache: FilmCache,
  options: { looks: number; augmentation: AugmentConfig; seed: number },
): Promise<FeaturedFilm[]> {
  const wanted = rows.flatMap((row, at) =>
    row.targets !== null && isTrainedOn(row) ? [at] : [],
  );
  const films: FeaturedFilm[] = [];
  for (const index of wanted) {
    const row = rows[index];
    if (row?.targets === null || row === undefined) continue;
    const source = cache.film(index);
    const plain = warp(source, cache.size, net.size, IDENTITY_WARP);
    const looks = [(await net.run(plain)).late];
    const random = new Random(options.seed + index);
    for (let look = 0; look < options.looks; look += 1) {
      const { augmentation } = options;
      const { size } = cache;
      const seen = augment(source, size, net.size, augmentation, random);
      looks.push((await net.run(seen.grey)).late);
    }
    const { targets, truths, patient } = row;
    films.push({ looks, targets, truths, patient });
    showProgress("features", films.length, wanted.length);
  }
  return films;
}

/** Trains heads on films; their weights by the names of the net. */
export function trainHeads(
  films: readonly FeaturedFilm[],
  config: HeadsConfig,
): Map<string, tf.Tensor> {
  const random = new Random(config.seed);
  const variables = newHeads(config);
  const optimizer = new Optimizer(variables, 0.99);
  const list = Array.from(variables.values());
  const balance = balanceOf(films);
  for (let step = 1; step <= config.steps; step += 1) {
    const batch = Array.from({ length: config.batch }, () => {
      const film = films[random.below(films.length)];
      const look = film?.looks[random.below(film.looks.length)];
      if (film === undefined || look === undefined) {
        throw new Error("there is no film to learn findings from");
      }
      return { look, targets: film.targets };
    });
    const { value, grads } = tf.variableGrads(
      () => lossOf(batch, variables, balance, config.dropout),
      list,
    );
    value.dispose();
    const part = step / config.steps;
    const rate = config.rate * (0.02 + 0.49 * (1 + Math.cos(Math.PI * part)));
    optimizer.apply(variables, grads, {
      trunk: rate,
      head: rate,
      weightDecay: config.weightDecay,
      clipNorm: 5,
    });
  }
  const averaged = new Map(
    Array.from(optimizer.averages(), ([name, value]) => [
      name,
      tf.clone(value),
    ]),
  );
  for (const variable of list) variable.dispose();
  optimizer.dispose();
  return averaged;
}

function newHeads({ seed, width }: HeadsConfig): Map<string, tf.Variable> {
  const count = OTHER_FINDINGS.length;
  const normal = (shape: number[], fanIn: number, at: number): tf.Tensor =>
    tf.randomNormal(shape, 0, Math.sqrt(2 / fanIn), "float32", seed + at);
  const start: [string, tf.Tensor][] = [
    // The trunk's last block is linear with a large spread (about 7).
    [
      "findings/head/kernel",
      tf.div(normal([1, 1, CHANNELS, width], CHANNELS, 1), 3),
    ],
    ["findings/head/bias", tf.fill([width], 0.5)],
    ["findings/map/kernel", tf.div(normal([1, 1, width, count], width, 2), 4)],
    ["findings/map/bias", tf.fill([count], -3)],
    ["findings/film/kernel", tf.div(normal([width, count], width, 3), 4)],
    // Each is rare: about one film in eight at the start.
    ["findings/film/bias", tf.fill([count], -1)],
    ["findings/strongest", tf.fill([count], 0.5)],
  ];
  return new Map(
    start.map(([name, value]) => [name, tf.variable(value, true)]),
  );
}

function asMaps(films: readonly Float32Array[]): tf.Tensor4D {
  const [first] = films;
  const cells = Math.sqrt((first?.length ?? 0) / CHANNELS);
  const area = cells * cells * CHANNELS;
  const values = new Float32Array(films.length * area);
  for (const [at, film] of films.entries()) values.set(film, at * area);
  return tf.tensor4d(values, [films.length, cells, cells, CHANNELS]);
}

/**
 * What a positive counts for, finding by finding: films without a finding
 * outnumber those with it, half of which the square root makes good.
 */
function balanceOf(films: readonly FeaturedFilm[]): number[] {
  return OTHER_FINDINGS.map((_, finding) => {
    const known = films.flatMap(({ targets }) => {
      const target = targets[finding] ?? Number.NaN;
      return Number.isNaN(target) ? [] : [target];
    });
    const positives = known.reduce((sum, target) => sum + target, 0);
    return Math.sqrt((known.length - positives) / Math.max(1, positives));
  });
}

function lossOf(
  batch: readonly { look: Float32Array; targets: FindingLabels }[],
  heads: ReadonlyMap<string, tf.Tensor>,
  balance: readonly number[],
  dropout: number,
): tf.Scalar {
  const count = balance.length;
  const targets = new Float32Array(batch.length * count);
  const weights = new Float32Array(batch.length * count);
  for (const [at, film] of batch.entries()) {
    for (let finding = 0; finding < count; finding += 1) {
      const target = film.targets[finding] ?? Number.NaN;
      if (Number.isNaN(target)) continue;
      targets[at * count + finding] = target;
      weights[at * count + finding] =
        1 - target + target * (balance[finding] ?? 1);
    }
  }
  const shape: [number, number] = [batch.length, count];
  const late = asMaps(batch.map(({ look }) => look));
  const { logits } = otherFindings({ late, head: null }, heads, (x) =>
    dropout === 0 ? x : (tf.dropout(x, dropout) as tf.Tensor4D),
  );
  const weight = tf.tensor2d(weights, shape);
  const entropy = crossEntropy(logits, tf.tensor2d(targets, shape));
  return tf.div(tf.sum(tf.mul(entropy, weight)), tf.sum(weight));
}
