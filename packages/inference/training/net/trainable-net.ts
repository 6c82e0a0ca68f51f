/**
 * The net while it trains: kernels with the scale and shift of their
 * normalisation as variables. A training step normalises by the batch's own
 * statistics; evaluations and the product fold the running ones into plain
 * kernels and biases.
 */
import * as tf from "@tensorflow/tfjs-core";

import { HEAD_CHANNELS, LAST_BLOCK } from "../../src/models/shape.ts";
import { type TrunkLayers, type WeightMap } from "../../src/models/trunk.ts";
import { LITE0_BLOCKS } from "../../src/models/shape.ts";
import { OTHER_FINDINGS } from "../../src/findings/catalogue.ts";
import { normaliseBatch, type Normalised } from "./normalise.ts";
import { BN_EPSILON, foldUnit, type ConvUnit } from "./pretrained.ts";

const HEAD_NAMES = /^(head|map|film|viral|findings)\//;

/** Trainable variables by name, and the fixed parts of the trunk. */
export interface TrainableNet {
  units: ConvUnit[];
  variables: Map<string, tf.Variable>;
}

/**
 * Sets every normalisation's mean and variance to what X-ray films give, unit
 * by unit, as a first training pass in training mode would. ImageNet's own
 * statistics fit photographs.
 *
 * @param keepsFunction changes scale and shift with the statistics, so that
 * the folded net stays the very same: for weights that come without any
 */
export function recalibrate(
  units: ConvUnit[],
  films: tf.Tensor4D,
  keepsFunction = false,
): void {
  let x = films;
  let entry = films;
  for (const unit of units) {
    const block = /^block(\d+)\//.exec(unit.name)?.[1];
    const spec = block === undefined ? undefined : LITE0_BLOCKS[Number(block)];
    const isFirst =
      unit.name.endsWith("/expand") ||
      (unit.name.endsWith("/depthwise") && spec?.expansion === 1);
    if (isFirst) entry = x;
    const strides = strideOf(unit, spec?.stride);
    const raw = tf.tidy(() =>
      unit.kind === "depthwise"
        ? tf.depthwiseConv2d(x, unit.kernel, strides, "same")
        : tf.conv2d(x, unit.kernel, strides, "same"),
    );
    const { mean, variance } = tf.moments(raw, [0, 1, 2]);
    raw.dispose();
    if (keepsFunction) keepFunction(unit, mean, variance);
    unit.mean.dispose();
    unit.variance.dispose();
    unit.mean = mean as tf.Tensor1D;
    unit.variance = variance as tf.Tensor1D;
    const isProject = unit.name.endsWith("/project");
    const out = tf.tidy(() => {
      const folded = foldUnit(unit);
      const y =
        unit.kind === "depthwise"
          ? tf.add(
              tf.depthwiseConv2d(x, folded.kernel, strides, "same"),
              folded.bias,
            )
          : tf.add(tf.conv2d(x, folded.kernel, strides, "same"), folded.bias);
      if (!isProject) return tf.relu6(y) as tf.Tensor4D;
      const isResidual =
        spec?.stride === 1 && spec.inChannels === spec.outChannels;
      return (isResidual ? tf.add(entry, y) : y) as tf.Tensor4D;
    });
    if (x !== films && x !== entry) x.dispose();
    if (isProject && entry !== films) entry.dispose();
    x = out;
  }
  x.dispose();
}

/** The scale and shift that undo new statistics. */
function keepFunction(
  unit: ConvUnit,
  mean: tf.Tensor,
  variance: tf.Tensor,
): void {
  const { gamma, beta } = tf.tidy(() => {
    const before = tf.mul(
      unit.gamma,
      tf.rsqrt(tf.add(unit.variance, BN_EPSILON)),
    );
    const moved = tf.mul(tf.sub(mean, unit.mean), before);
    const spread = tf.sqrt(tf.add(variance, BN_EPSILON));
    return {
      gamma: tf.mul<tf.Tensor1D>(before, spread),
      beta: tf.add<tf.Tensor1D>(unit.beta, moved),
    };
  });
  tf.dispose([unit.gamma, unit.beta]);
  unit.gamma = gamma;
  unit.beta = beta;
}

function strideOf(unit: ConvUnit, blockStride: 1 | 2 | undefined): 1 | 2 {
  if (unit.name === "stem") return 2;
  return unit.kind === "depthwise" ? (blockStride ?? 1) : 1;
}

/**
 * Makes variables of the units from block `firstTrained` on and of a new
 * head; earlier units stay as they are.
 *
 * @param start heads' weights to start from where they are
 */
export function createTrainableNet(
  units: ConvUnit[],
  firstTrained: number,
  seed: number,
  start: WeightMap | null = null,
): TrainableNet {
  const variables = new Map<string, tf.Variable>();
  const add = (name: string, value: tf.Tensor): void => {
    variables.set(name, tf.variable(value, true, undefined));
  };
  for (const unit of units) {
    const block = /^block(\d+)\//.exec(unit.name)?.[1];
    const isTrained =
      block === undefined ? firstTrained < 0 : Number(block) >= firstTrained;
    if (!isTrained) continue;
    add(`${unit.name}/raw`, unit.kernel);
    add(`${unit.name}/gamma`, unit.gamma);
    add(`${unit.name}/beta`, unit.beta);
  }
  const width = LITE0_BLOCKS[LAST_BLOCK]?.outChannels ?? 0;
  const normal = (shape: number[], fanIn: number, offset: number): tf.Tensor =>
    tf.randomNormal(shape, 0, Math.sqrt(2 / fanIn), "float32", seed + offset);
  // The trunk's last block is linear with a large spread (about 7).
  add("head/kernel", tf.div(normal([1, 1, width, HEAD_CHANNELS], width, 1), 3));
  add("head/bias", tf.fill([HEAD_CHANNELS], 0.5));
  add(
    "map/kernel",
    tf.div(normal([1, 1, HEAD_CHANNELS, 1], HEAD_CHANNELS, 2), 4),
  );
  add("map/bias", tf.fill([1], -1));
  const film = normal([HEAD_CHANNELS + 1, 1], HEAD_CHANNELS, 3);
  add("film/kernel", tf.div(film, 4));
  add("film/bias", tf.zeros([1]));
  add("viral/kernel", tf.div(normal([HEAD_CHANNELS, 1], HEAD_CHANNELS, 4), 4));
  add("viral/bias", tf.zeros([1]));
  const others = OTHER_FINDINGS.length;
  const width2 = HEAD_CHANNELS;
  add(
    "findings/map/kernel",
    tf.div(normal([1, 1, width2, others], width2, 5), 4),
  );
  add("findings/map/bias", tf.fill([others], -3));
  add("findings/film/kernel", tf.div(normal([width2, others], width2, 6), 4));
  // Each is rare: about one film in eight at the start.
  add("findings/film/bias", tf.fill([others], -1));
  add("findings/strongest", tf.fill([others], 0.5));
  // Heads on a convolution of their own are trained anew when the trunk is done.
  const isOtherShape = start?.has("findings/head/kernel") === true;
  for (const [name, variable] of variables) {
    if (isOtherShape && name.startsWith("findings/")) continue;
    const known = start?.get(name);
    if (known !== undefined) variable.assign(known);
  }
  return { units, variables };
}

// Share of the running statistics that one batch replaces.
const STATISTICS_PACE = 0.02;

/** Trunk layers for a training step, and what they leave behind. */
export interface LiveTrunk {
  layers: TrunkLayers;
  /** Moves the running statistics towards the batch's; call once a step. */
  settle(): void;
}

/**
 * The trunk with the batch's own statistics where it is trained and folded
 * weights where it is not.
 *
 * @param blend changes the features that the first trained layer sees
 */
export function liveTrunk(
  net: TrainableNet,
  blend: (x: tf.Tensor4D) => tf.Tensor4D = (x) => x,
): LiveTrunk {
  // The first trained layer: what comes before has no gradients.
  const first = net.units.find((unit) => net.variables.has(`${unit.name}/raw`));
  const seen: [ConvUnit, Normalised][] = [];
  const byName = new Map(net.units.map((unit) => [unit.name, unit]));
  const run = (
    x: tf.Tensor4D,
    name: string,
    strides: 1 | 2,
    isRelu: boolean,
  ): tf.Tensor4D => {
    const unit = byName.get(name);
    if (unit === undefined) throw new Error(`the net has no unit ${name}`);
    const isLive = net.variables.has(`${name}/raw`);
    const { kernel, bias } = isLive
      ? { kernel: valueOf(net, unit, "raw") as tf.Tensor4D, bias: null }
      : foldUnit(unit);
    const y: tf.Tensor4D =
      unit.kind === "depthwise"
        ? tf.depthwiseConv2d(x, kernel, strides, "same")
        : tf.conv2d(x, kernel, strides, "same");
    let out: tf.Tensor4D;
    if (bias === null) {
      const normalised = normaliseBatch(
        y,
        valueOf(net, unit, "gamma") as tf.Tensor1D,
        valueOf(net, unit, "beta") as tf.Tensor1D,
        BN_EPSILON,
      );
      seen.push([unit, normalised]);
      out = normalised.value;
    } else out = tf.add(y, bias);
    return isRelu ? tf.relu6(out) : out;
  };
  return {
    layers: {
      convolve: (x, name, { stride, activation }) =>
        run(
          name === first?.name ? blend(x) : x,
          name,
          stride,
          activation === "relu6",
        ),
      depthwise: (x, name, stride) => run(x, name, stride, true),
    },
    settle: () => {
      for (const [unit, { mean, variance }] of seen) {
        unit.mean = moved(unit.mean, mean);
        unit.variance = moved(unit.variance, variance);
      }
      seen.length = 0;
    },
  };
}

/** A step from `before` towards `now`; disposes both. */
function moved(before: tf.Tensor1D, now: tf.Tensor1D): tf.Tensor1D {
  const next = tf.tidy(() =>
    tf.add<tf.Tensor1D>(
      tf.mul(before, 1 - STATISTICS_PACE),
      tf.mul(now, STATISTICS_PACE),
    ),
  );
  before.dispose();
  now.dispose();
  return next;
}

function valueOf(
  net: TrainableNet,
  unit: ConvUnit,
  part: "raw" | "gamma" | "beta",
): tf.Tensor {
  const value = net.variables.get(`${unit.name}/${part}`);
  if (value === undefined) throw new Error(`${unit.name} is not trained`);
  return value;
}

/** Running statistics by name, for a checkpoint; views, not copies. */
export function statisticsOf(net: TrainableNet): Map<string, tf.Tensor> {
  return new Map(
    net.units.flatMap((unit): [string, tf.Tensor][] => [
      [`mean:${unit.name}`, unit.mean],
      [`variance:${unit.name}`, unit.variance],
    ]),
  );
}

/** Takes the statistics of a checkpoint back. */
export function restoreStatistics(
  net: TrainableNet,
  saved: ReadonlyMap<string, tf.Tensor>,
): void {
  const take = (key: string): tf.Tensor1D => {
    const found = saved.get(key);
    if (found === undefined) throw new Error(`the checkpoint has no ${key}`);
    return found as tf.Tensor1D;
  };
  for (const unit of net.units) {
    tf.dispose([unit.mean, unit.variance]);
    unit.mean = take(`mean:${unit.name}`);
    unit.variance = take(`variance:${unit.name}`);
  }
}

/** Kernels and biases as the product's forward pass wants them. */
function foldNet(
  net: TrainableNet,
  values: ReadonlyMap<string, tf.Tensor>,
): Map<string, tf.Tensor> {
  const folded = new Map<string, tf.Tensor>();
  for (const unit of net.units) {
    const kernel = values.get(`${unit.name}/raw`);
    const current: ConvUnit =
      kernel === undefined
        ? unit
        : {
            ...unit,
            kernel: kernel as tf.Tensor4D,
            gamma: (values.get(`${unit.name}/gamma`) ??
              unit.gamma) as tf.Tensor1D,
            beta: (values.get(`${unit.name}/beta`) ?? unit.beta) as tf.Tensor1D,
          };
    const { kernel: k, bias } = foldUnit(current);
    folded.set(`${unit.name}/kernel`, k);
    folded.set(`${unit.name}/bias`, bias);
  }
  for (const [name, value] of values) {
    if (HEAD_NAMES.test(name)) folded.set(name, value);
  }
  return folded;
}

/** A folded copy that outlives the variables; the caller disposes it. */
export function foldedCopy(
  net: TrainableNet,
  values: ReadonlyMap<string, tf.Tensor>,
): Map<string, tf.Tensor> {
  // `tidy` keeps what a plain object holds, not what a Map holds.
  const kept = tf.tidy(() =>
    Object.fromEntries(
      Array.from(foldNet(net, values), ([name, tensor]) => [
        name,
        tf.clone(tensor),
      ]),
    ),
  );
  return new Map(Object.entries(kept));
}
