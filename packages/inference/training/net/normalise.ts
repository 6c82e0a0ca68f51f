/**
 * Batch normalisation with the batch's own statistics (Ioffe and Szegedy
 * 2015). TensorFlow has value and gradient as one op each; composed of the
 * library's ops they take most of a training step.
 */
import * as tf from "@tensorflow/tfjs-core";

import {
  ATTRIBUTE,
  FLOAT,
  nativeBackend,
  type Attribute,
} from "./native-gradients.ts";

/** The normalised tensor and the statistics it was normalised by. */
export interface Normalised {
  value: tf.Tensor4D;
  /** Kept: the caller disposes both. */
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
}

function attributes(epsilon: number): Attribute[] {
  return [
    { name: "T", type: ATTRIBUTE.type, value: FLOAT },
    { name: "U", type: ATTRIBUTE.type, value: FLOAT },
    { name: "epsilon", type: ATTRIBUTE.float, value: epsilon },
    { name: "data_format", type: ATTRIBUTE.string, value: "NHWC" },
    { name: "is_training", type: ATTRIBUTE.bool, value: true },
  ];
}

/**
 * `γ·(x − μ)/√(σ² + ε) + β` with `μ`, `σ²` of the batch, by channel; the
 * gradient goes through both. `variance` is the unbiased one.
 *
 * @throws Error on another engine than `tensorflow`; the wasm engine has no
 * gradients of depthwise convolutions either.
 */
export function normaliseBatch(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
): Normalised {
  const backend = nativeBackend();
  if (backend === null) throw new Error("the engine is not tensorflow");
  const kept: tf.Tensor1D[] = [];
  const op = tf.customGrad((...args) => {
    const [input, scale, offset, save] = args as unknown as [
      tf.Tensor4D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    const none = tf.tensor1d([]);
    const [y, mean, variance, saved1, saved2] = backend.executeMultipleOutputs(
      "FusedBatchNormV2",
      attributes(epsilon),
      [input, scale, offset, none, none],
      5,
    );
    if (!y || !mean || !variance || !saved1 || !saved2) {
      throw new Error("FusedBatchNormV2 gives five outputs");
    }
    kept.push(
      tf.keep(tf.clone(mean as tf.Tensor1D)),
      tf.keep(tf.clone(variance as tf.Tensor1D)),
    );
    save([input, scale, saved1, saved2]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        backend
          .executeMultipleOutputs(
            "FusedBatchNormGradV2",
            attributes(epsilon),
            [dy, ...saved],
            5,
          )
          .slice(0, 3),
    };
  });
  const value = op(x, gamma, beta);
  const [mean, variance] = kept;
  if (mean === undefined || variance === undefined) {
    throw new Error("FusedBatchNormV2 gave no statistics");
  }
  return { value: value as tf.Tensor4D, mean, variance };
}
