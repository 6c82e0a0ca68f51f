/**
 * The convolutional trunk: EfficientNet-Lite0 (Tan and Le 2019; Google's
 * `models/official/efficientnet/lite`), stem and first blocks, with batch
 * normalisation folded into kernels and biases and a one-channel stem.
 */
import * as tf from "@tensorflow/tfjs-core";

/** Named weights of a net on the active engine. */
export type WeightMap = ReadonlyMap<string, tf.Tensor>;

/** One inverted-residual block. */
export interface BlockSpec {
  kernel: 3 | 5;
  stride: 1 | 2;
  inChannels: number;
  outChannels: number;
  /** The 1×1 convolution before the depthwise one multiplies by this. */
  expansion: 1 | 6;
}

/** Blocks 0 to 13 of EfficientNet-Lite0. */
export const LITE0_BLOCKS: readonly BlockSpec[] = [
  block(3, 1, 32, 16, 1),
  block(3, 2, 16, 24, 6),
  block(3, 1, 24, 24, 6),
  block(5, 2, 24, 40, 6),
  block(5, 1, 40, 40, 6),
  block(3, 2, 40, 80, 6),
  block(3, 1, 80, 80, 6),
  block(3, 1, 80, 80, 6),
  block(5, 1, 80, 112, 6),
  block(5, 1, 112, 112, 6),
  block(5, 1, 112, 112, 6),
  block(5, 2, 112, 192, 6),
  block(5, 1, 192, 192, 6),
  block(5, 1, 192, 192, 6),
];

function block(
  kernel: 3 | 5,
  stride: 1 | 2,
  inChannels: number,
  outChannels: number,
  expansion: 1 | 6,
): BlockSpec {
  return { kernel, stride, inChannels, outChannels, expansion };
}

/** The weight called `name`. @throws Error when the net has none. */
export function weight(weights: WeightMap, name: string): tf.Tensor {
  const tensor = weights.get(name);
  if (tensor === undefined) throw new Error(`the net has no weight ${name}`);
  return tensor;
}

/** 1×1 or 3×3 convolution with bias, ReLU6 where asked, padding `same`. */
export function convolve(
  x: tf.Tensor4D,
  weights: WeightMap,
  name: string,
  options: { stride: 1 | 2; activation: "relu6" | "linear" },
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
  weights: WeightMap,
  index: number,
): tf.Tensor4D {
  const spec = LITE0_BLOCKS[index];
  if (spec === undefined) throw new Error(`Lite0 has no block ${index}`);
  const name = `block${index}`;
  const plain = { stride: 1, activation: "relu6" } as const;
  const wide =
    spec.expansion === 1 ? x : convolve(x, weights, `${name}/expand`, plain);
  const mixed = depthwise(wide, weights, `${name}/depthwise`, spec.stride);
  const out = convolve(mixed, weights, `${name}/project`, {
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
  weights: WeightMap,
  taps: readonly number[],
): tf.Tensor4D[] {
  const last = Math.max(...taps);
  let features = convolve(x, weights, "stem", {
    stride: 2,
    activation: "relu6",
  });
  const kept = new Map<number, tf.Tensor4D>();
  for (let index = 0; index <= last; index += 1) {
    features = runBlock(features, weights, index);
    if (taps.includes(index)) kept.set(index, features);
  }
  return taps.map((index) => {
    const tapped = kept.get(index);
    if (tapped === undefined) throw new Error(`no features of block ${index}`);
    return tapped;
  });
}
