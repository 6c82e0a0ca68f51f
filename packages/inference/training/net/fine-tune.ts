/** The training loop: steps, evaluations, early stopping, checkpoints. */
import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";

import { runNetwork } from "../../src/models/network.ts";
import { LAST_BLOCK, MAP_STRIDE } from "../../src/models/shape.ts";
import { loadModelWeights } from "../../src/models/engine-weights.ts";
import { readModelManifest } from "../../src/models/weights.ts";
import { makeBatch, type Batch } from "../data/batch.ts";
import { dropTensors, loadTensors, saveTensors } from "./checkpoint.ts";
import type { TrainConfig } from "./config.ts";
import type { FilmCache } from "../data/film-cache.ts";
import { totalLoss } from "./loss.ts";
import type { FilmRow } from "../data/films.ts";
import { Optimizer } from "./optimizer.ts";
import { loadPretrained, unitsFromFolded } from "./pretrained.ts";
import { showProgress } from "./progress.ts";
import { Random } from "../data/random.ts";
import { blendStyles } from "./style-mixing.ts";
import { Sampler } from "../data/sampler.ts";
import { openScoreNet } from "../fit/score-net.ts";
import { rankAuc, scoreFilms } from "../fit/scores.ts";
import {
  createTrainableNet,
  foldedCopy,
  liveTrunk,
  recalibrate,
  restoreStatistics,
  statisticsOf,
  type TrainableNet,
} from "./trainable-net.ts";
import type { Sources } from "../data/sources.ts";
import type { ValidationSet } from "../data/validation-sets.ts";

/** What a run needs from outside. */
export interface TrainingInputs {
  rows: readonly FilmRow[];
  cache: FilmCache;
  sets: readonly ValidationSet[];
  sources: Sources;
  /** Folder of the ImageNet weights. */
  pretrained: string;
  /** A model folder to go on from instead, or null. */
  from: string | null;
  /** Where checkpoints, curves and the configuration go. */
  folder: string;
}

/** Trains and returns the folded, averaged weights of the best evaluation. */
export async function fineTune(
  config: TrainConfig,
  inputs: TrainingInputs,
): Promise<Map<string, tf.Tensor>> {
  await mkdir(inputs.folder, { recursive: true });
  await writeFile(
    join(inputs.folder, "config.json"),
    JSON.stringify(config, null, 2),
  );
  const net = await startNet(config, inputs);
  const optimizer = new Optimizer(net.variables, config.averageDecay);
  const resumed = await resume(inputs.folder, config, net, optimizer);
  const random = new Random(resumed.random);
  const sampler = new Sampler(inputs.rows, inputs.sources, random);
  let { best, waited } = resumed;
  const started = Date.now();
  for (let step = resumed.step + 1; step <= config.steps; step += 1) {
    const loss = trainStep(
      config,
      inputs,
      net,
      optimizer,
      sampler,
      random,
      step,
    );
    const seconds = Math.round((Date.now() - started) / 1000);
    const note = `loss ${loss.toFixed(3)} ${String(seconds)} s`;
    showProgress("train", step, config.steps, note);
    if (step % config.evaluateEvery !== 0 && step !== config.steps) continue;
    const folded = foldedCopy(net, optimizer.averages());
    const aucs = await evaluate(folded, inputs, config.size);
    const score = selectionScore(aucs);
    await record(inputs.folder, { step, loss, seconds, score, ...aucs });
    if (score > best) {
      best = score;
      waited = 0;
      await saveTensors(inputs.folder, "best", folded, { step, aucs });
    } else waited += 1;
    tf.dispose(Object.fromEntries(folded));
    const state = new Map([
      ...optimizer.state(net.variables),
      ...statisticsOf(net),
    ]);
    const progress: Progress = { step, best, waited, random: random.state };
    await saveTensors(inputs.folder, "state", state, progress);
    if (waited >= config.patience) break;
  }
  const saved = await loadTensors(inputs.folder, "best");
  if (saved === null) throw new Error("the run left no weights");
  // A finished run starts anew when it is called again.
  await dropTensors(inputs.folder, "state");
  return saved.tensors;
}

/** Where a run stands, beside its tensors. */
interface Progress {
  step: number;
  best: number;
  waited: number;
  random: number;
}

/** Goes on from the run's last evaluation, or starts at step 0. */
async function resume(
  folder: string,
  config: TrainConfig,
  net: TrainableNet,
  optimizer: Optimizer,
): Promise<Progress> {
  const saved = await loadTensors(folder, "state");
  if (saved === null) {
    return { step: 0, best: -Infinity, waited: 0, random: config.seed };
  }
  // Written by this module, in this shape.
  const progress = saved.note as Progress;
  optimizer.restore(net.variables, saved.tensors, progress.step);
  restoreStatistics(net, saved.tensors);
  process.stderr.write(`train: goes on after step ${String(progress.step)}\n`);
  return progress;
}

async function startNet(
  config: TrainConfig,
  inputs: TrainingInputs,
): Promise<TrainableNet> {
  const known =
    inputs.from === null
      ? null
      : await loadModelWeights(
          inputs.from,
          await readModelManifest(inputs.from),
        );
  const units =
    known === null
      ? await loadPretrained(inputs.pretrained, LAST_BLOCK)
      : unitsFromFolded(known, LAST_BLOCK);
  const random = new Random(config.seed + 1);
  const sampler = new Sampler(inputs.rows, inputs.sources, random);
  if (config.recalibrateFilms > 0) {
    const films = config.recalibrateFilms / config.looks;
    const indices = Array.from({ length: films }, () => sampler.next());
    const batch = drawBatch(config, inputs, indices, sampler, random);
    recalibrate(units, batch.films, known !== null);
    batch.dispose();
  }
  return createTrainableNet(units, config.firstTrained, config.seed, known);
}

function drawBatch(
  config: TrainConfig,
  inputs: TrainingInputs,
  indices: readonly number[],
  sampler: Sampler,
  random: Random,
): Batch {
  return makeBatch(inputs.rows, indices, inputs.cache, {
    size: config.size,
    cells: config.size / MAP_STRIDE,
    augmentation: config.augmentation,
    smoothing: config.smoothing,
    random,
    looks: config.looks,
    partner: () => sampler.next(),
  });
}

function trainStep(
  config: TrainConfig,
  inputs: TrainingInputs,
  net: TrainableNet,
  optimizer: Optimizer,
  sampler: Sampler,
  random: Random,
  step: number,
): number {
  const films = config.batch / config.looks;
  const indices = Array.from({ length: films }, () => sampler.next());
  const batch = drawBatch(config, inputs, indices, sampler, random);
  const trunk = random.chance(config.styleMixing)
    ? liveTrunk(net, (x) => blendStyles(x, random))
    : liveTrunk(net);
  const { value, grads } = tf.variableGrads(() => {
    const out = runNetwork(batch.films, net.variables, trunk.layers);
    return totalLoss(out, batch, {
      cells: config.cellsWeight,
      viral: config.viralWeight,
      findings: config.findingsWeight,
      consistency: config.looks === 2 ? config.consistencyWeight : 0,
    });
  }, Array.from(net.variables.values()));
  trunk.settle();
  const loss = value.dataSync()[0] ?? Number.NaN;
  value.dispose();
  batch.dispose();
  const factor = rateFactor(step, config);
  optimizer.apply(net.variables, grads, {
    trunk: config.trunkRate * factor,
    head: config.headRate * factor,
    weightDecay: config.weightDecay,
    clipNorm: 5,
  });
  return loss;
}

/** Linear warm-up, then half a cosine down to a fiftieth. */
export function rateFactor(
  step: number,
  config: Pick<TrainConfig, "warmup" | "steps">,
): number {
  if (step < config.warmup) return step / config.warmup;
  const part =
    (step - config.warmup) / Math.max(1, config.steps - config.warmup);
  return 0.02 + 0.49 * (1 + Math.cos(Math.PI * part));
}

async function evaluate(
  weights: ReadonlyMap<string, tf.Tensor>,
  inputs: TrainingInputs,
  size: number,
): Promise<Record<string, number>> {
  const net = await openScoreNet(weights, size);
  const aucs: Record<string, number> = {};
  for (const set of inputs.sets) {
    const scores = await scoreFilms(net, set.rows.length, (at) => set.film(at));
    const positive = set.rows.map(
      (index) => inputs.rows[index]?.label === "pneumonia",
    );
    aucs[set.name] = Number(rankAuc(scores.logits, positive).toFixed(4));
  }
  return aucs;
}

/** What early stopping looks at: looks that the net was not trained on. */
function selectionScore(aucs: Readonly<Record<string, number>>): number {
  const names = [
    "children-shifted",
    "children-devices",
    "adults",
    "adults-devices",
  ];
  const values = names.flatMap((name) => aucs[name] ?? []);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function record(folder: string, line: object): Promise<void> {
  process.stderr.write(`${JSON.stringify(line)}\n`);
  await appendFile(join(folder, "curve.jsonl"), `${JSON.stringify(line)}\n`);
}
