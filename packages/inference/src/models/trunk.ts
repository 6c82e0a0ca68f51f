/**
 * The convolutional trunk: EfficientNet-Lite0 (Tan and Le 2019; Google's
 * `models/official/efficientnet/lite`), stem and first blocks, with batch
 * normalisation folded into kernels and biases and a one-channel stem.
 */
import * as tf from "@tensorflow/tfjs-core";

import { LITE0_BLOCKS } from "./shape.ts";

/** Named weights of a net on the active engine. */
export type WeightMap = ReadonlyMap<string, tf.Tensor>;

/** The weight called `name`. @throws Error when the net has none. */
export function weight(weights: WeightMap, name: string): tf.Tensor {
  const tensor = weights.get(name);
  if (tensor === undefined) throw new Error(`the net has no weight ${name}`);
  return tensor;
}

/** What stands after a convolution. */
export type Activation = "relu6" | "linear";

/**
 * How the trunk's convolutions are computed. The product takes folded
 * weights; training takes kernels with a normalisation after each.
 */
export interface TrunkLayers {
  /** 1×1 or 3×3 convolution, padding `same`. */
  convolve(
    x: tf.Tensor4D,
    name: string,
    options: { stride: 1 | 2; activation: Activation },
  ): tf.Tensor4D;
  /** Convolution of every channel by itself, ReLU6, padding `same`. */
  depthwise(x: tf.Tensor4D, name: string, stride: 1 | 2): tf.Tensor4D;
}

/** Layers of folded weights. */
export function foldedLayers(weights: WeightMap): TrunkLayers {
  return {
    convolve: (x, name, options) => convolve(x, weights, name, options),
    depthwise: (x, name, stride) => depthwise(x, weights, name, stride),
  };
}

/** 1×1 or 3×3 convolution with bias, ReLU6 where asked, padding `same`. */
export function convolve(
  x: tf.Tensor4D,
  weights: WeightMap,
  name: string,
  options: { stride: 1 | 2; activation: Activation },
): tf.Tensor4D {
  return tf.fused.conv2d({
    x,
    filter: weight(weights, `${name}/kernel`) as tf.Tensor4D,
    bias: weight(weights, `${name}/bias`),
    strides: options.stride,
    pad: "same",
    activation: options.activation,
  });
}

function depthwise(
  x: tf.Tensor4D,
  weights: WeightMap,
  name: string,
  stride: 1 | 2,
): tf.Tensor4D {
  return tf.fused.depthwiseConv2d({
    x,
    filter: weight(weights, `${name}/kernel`) as tf.Tensor4D,
    bias: weight(weights, `${name}/bias`),
    strides: stride,
    pad: "same",
    activation: "relu6",
  });
}

function runBlock(
  x: tf.Tensor4D,
  layers: TrunkLayers,
  index: number,
): tf.Tensor4D {
  const spec = LITE0_BLOCKS[index];
  if (spec === undefined) throw new Error(`Lite0 has no block ${index}`);
  const name = `block${index}`;
  const plain = { stride: 1, activation: "relu6" } as const;
  const wide =
    spec.expansion === 1 ? x : layers.convolve(x, `${name}/expand`, plain);
  const mixed = layers.depthwise(wide, `${name}/depthwise`, spec.stride);
  const out = layers.convolve(mixed, `${name}/project`, {
    stride: 1,
    activation: "linear",
  });
  const isResidual = spec.stride === 1 && spec.inChannels === spec.outChannels;
  return isResidual ? tf.add(x, out) : out;
}

/**
 * Runs the trunk and keeps the outputs of the blocks in `taps`.
 *
 * @param x grey films `[batch, height, width, 1]`, scaled `(v − 127) / 128`
 * @returns the tapped features, in the order of `taps`
 */
export function runTrunk(
  x: tf.Tensor4D,
  layers: TrunkLayers,
  taps: readonly number[],
): tf.Tensor4D[] {
  const last = Math.max(...taps);
  let features = layers.convolve(x, "stem", {
    stride: 2,
    activation: "relu6",
  });
  const kept = new Map<number, tf.Tensor4D>();
  for (let index = 0; index <= last; index += 1) {
    features = runBlock(features, layers, index);
    if (taps.includes(index)) kept.set(index, features);
  }
  return taps.map((index) => {
    const tapped = kept.get(index);
    if (tapped === undefined) throw new Error(`no features of block ${index}`);
    return tapped;
  });
}
