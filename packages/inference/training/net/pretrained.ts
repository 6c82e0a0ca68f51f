/**
 * ImageNet weights of EfficientNet-Lite0 (Apache-2.0) as a start, unfolded:
 * kernels stay trainable beside the scale and shift of their normalisation.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";

import { weight, type WeightMap } from "../../src/models/trunk.ts";
import { LITE0_BLOCKS } from "../../src/models/shape.ts";

/** Epsilon of every batch normalisation in the published net. */
export const BN_EPSILON = 1e-3;

/** One convolution with its normalisation; statistics stay fixed. */
export interface ConvUnit {
  name: string;
  kind: "conv" | "depthwise";
  kernel: tf.Tensor4D;
  gamma: tf.Tensor1D;
  beta: tf.Tensor1D;
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
}

/** The published tensors and the unit each belongs to, in running order. */
function unitSources(lastBlock: number): [string, string, string][] {
  const sources: [string, string, string][] = [
    ["stem", "conv_stem/kernel", "bn0"],
  ];
  for (let index = 0; index <= lastBlock; index += 1) {
    const isNarrow = LITE0_BLOCKS[index]?.expansion === 1;
    const at = `block${index}`;
    if (!isNarrow) {
      sources.push([`${at}/expand`, `${at}/expand_conv/kernel`, `${at}/bn0`]);
    }
    sources.push(
      [`${at}/depthwise`, `${at}/depthwise_conv/depthwise_kernel`, `${at}/bn1`],
      [`${at}/project`, `${at}/project_conv/kernel`, `${at}/bn2`],
    );
  }
  return sources;
}

/**
 * Reads the trunk up to `lastBlock`. The stem is summed over its three input
 * channels: the same numbers for a grey film, one channel.
 *
 * @param folder holds `trunk_to_block13_tfjs.json` and `.bin`
 */
export async function loadPretrained(
  folder: string,
  lastBlock: number,
): Promise<ConvUnit[]> {
  const specs: unknown = JSON.parse(
    await readFile(join(folder, "trunk_to_block13_tfjs.json"), "utf8"),
  );
  const bytes = await readFile(join(folder, "trunk_to_block13_tfjs.bin"));
  const buffer = new Uint8Array(bytes).buffer;
  const named = tf.io.decodeWeights(
    buffer,
    // The file is the library's own weight specification, written by it.
    specs as tf.io.WeightsManifestEntry[],
  );
  const units = unitSources(lastBlock).map(([name, kernelName, bn]) =>
    unitFrom(named, name, kernelName, bn),
  );
  const kept = new Set<tf.Tensor>(
    units.flatMap((u) => [u.kernel, u.gamma, u.beta, u.mean, u.variance]),
  );
  for (const tensor of Object.values(named)) {
    if (!kept.has(tensor)) tensor.dispose();
  }
  return units;
}

function unitFrom(
  named: Record<string, tf.Tensor>,
  name: string,
  kernelName: string,
  bn: string,
): ConvUnit {
  const take = (key: string): tf.Tensor => {
    const tensor = named[key];
    if (tensor === undefined) throw new Error(`no pretrained tensor ${key}`);
    return tensor;
  };
  const published = take(kernelName) as tf.Tensor4D;
  const kernel =
    name === "stem"
      ? tf.tidy(() => tf.sum<tf.Tensor4D>(published, 2, true))
      : published;
  return {
    name,
    kind: name.endsWith("/depthwise") ? "depthwise" : "conv",
    kernel,
    gamma: take(`${bn}/gamma`) as tf.Tensor1D,
    beta: take(`${bn}/beta`) as tf.Tensor1D,
    mean: take(`${bn}/moving_mean`) as tf.Tensor1D,
    variance: take(`${bn}/moving_variance`) as tf.Tensor1D,
  };
}

/**
 * The units of a net whose normalisations are folded, as a model folder holds
 * them: kernels as they are, scale 1, shift the bias.
 */
export function unitsFromFolded(
  weights: WeightMap,
  lastBlock: number,
): ConvUnit[] {
  return unitSources(lastBlock).map(([name]) => {
    const kernel = tf.clone(weight(weights, `${name}/kernel`)) as tf.Tensor4D;
    const bias = tf.clone(weight(weights, `${name}/bias`)) as tf.Tensor1D;
    return {
      name,
      kind: name.endsWith("/depthwise") ? "depthwise" : "conv",
      kernel,
      gamma: tf.onesLike(bias),
      beta: bias,
      mean: tf.zerosLike(bias),
      variance: tf.fill(bias.shape, 1 - BN_EPSILON),
    };
  });
}

/**
 * Folds a unit into one kernel and one bias:
 * `w·γ/√(σ²+ε)` and `β − μ·γ/√(σ²+ε)`.
 */
export function foldUnit(unit: ConvUnit): {
  kernel: tf.Tensor4D;
  bias: tf.Tensor1D;
} {
  const scale = tf.mul(unit.gamma, tf.rsqrt(tf.add(unit.variance, BN_EPSILON)));
  // A depthwise kernel is [h, w, channels, 1]: its channels are the third.
  const shape =
    unit.kind === "depthwise" ? [1, 1, scale.size, 1] : [1, 1, 1, scale.size];
  return {
    kernel: tf.mul(unit.kernel, tf.reshape(scale, shape)),
    bias: tf.sub(unit.beta, tf.mul(unit.mean, scale)),
  };
}
