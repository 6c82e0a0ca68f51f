/**
 * The net while it trains: kernels with the scale and shift of their
 * normalisation as variables, folded into plain kernels and biases for every
 * forward pass, so that training and product run the same function.
 */
import * as tf from "@tensorflow/tfjs-core";

import { HEAD_CHANNELS, LAST_BLOCK } from "../src/models/network.ts";
import { LITE0_BLOCKS } from "../src/models/trunk.ts";
import { BN_EPSILON, foldUnit, type ConvUnit } from "./pretrained.ts";

const HEAD_NAMES = /^(head|map|film|viral)\//;

/** Trainable variables by name, and the fixed parts of the trunk. */
export interface TrainableNet {
  units: ConvUnit[];
  variables: Map<string, tf.Variable>;
}

/**
 * Sets every normalisation's mean and variance to what X-ray films give, unit
 * by unit, as a first training pass in training mode would. ImageNet's own
 * statistics fit photographs.
 */
export function recalibrate(units: ConvUnit[], films: tf.Tensor4D): void {
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

function strideOf(unit: ConvUnit, blockStride: 1 | 2 | undefined): 1 | 2 {
  if (unit.name === "stem") return 2;
  return unit.kind === "depthwise" ? (blockStride ?? 1) : 1;
}

/**
 * Makes variables of the units from block `firstTrained` on and of a new
 * head; earlier units stay as they are.
 */
export function createTrainableNet(
  units: ConvUnit[],
  firstTrained: number,
  seed: number,
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
  return { units, variables };
}

/**
 * The net of an earlier run as a start: its folded kernels and biases, with a
 * normalisation that changes nothing.
 */
export function continueNet(
  folded: ReadonlyMap<string, tf.Tensor>,
  firstTrained: number,
): TrainableNet {
  const units: ConvUnit[] = [];
  const variables = new Map<string, tf.Variable>();
  for (const [name, value] of folded) {
    const unit = /^(stem|block\d+\/\w+)\/kernel$/.exec(name)?.[1];
    if (unit === undefined) {
      if (HEAD_NAMES.test(name)) variables.set(name, tf.variable(value));
      continue;
    }
    const bias = folded.get(`${unit}/bias`) as tf.Tensor1D;
    const made: ConvUnit = {
      name: unit,
      kind: unit.endsWith("/depthwise") ? "depthwise" : "conv",
      kernel: value as tf.Tensor4D,
      gamma: tf.onesLike(bias),
      beta: bias,
      mean: tf.zerosLike(bias),
      variance: tf.fill(bias.shape, 1 - BN_EPSILON),
    };
    units.push(made);
    const block = /^block(\d+)\//.exec(unit)?.[1];
    if (block === undefined || Number(block) < firstTrained) continue;
    variables.set(`${unit}/raw`, tf.variable(made.kernel));
    variables.set(`${unit}/gamma`, tf.variable(made.gamma));
    variables.set(`${unit}/beta`, tf.variable(made.beta));
  }
  return { units, variables };
}

/** Kernels and biases as the product's forward pass wants them. */
export function foldNet(
  net: TrainableNet,
  values: ReadonlyMap<string, tf.Tensor> = net.variables,
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
