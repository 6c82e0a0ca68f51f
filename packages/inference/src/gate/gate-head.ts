/**
 * The learned part of the input gate: what kind of picture the trunk's
 * features show, and how far they lie from the films it was trained on.
 */
import * as tf from "@tensorflow/tfjs-core";

import { weight, type WeightMap } from "../models/trunk.ts";
import { FEATURE_CLIP, LAYOUT_CELLS } from "./gate-shape.ts";

/**
 * Features the gate looks at, `[batch, n]`: the late block averaged over a
 * 3 × 3 layout, mean and spread of the early block, spread of the late block.
 */
export function gateFeatures(
  early: tf.Tensor4D,
  late: tf.Tensor4D,
): tf.Tensor2D {
  const [batch, rows, columns, channels] = late.shape;
  const cell: [number, number] = [rows / LAYOUT_CELLS, columns / LAYOUT_CELLS];
  const layout: tf.Tensor2D = tf.reshape(
    tf.avgPool(late, cell, cell, "valid"),
    [batch, LAYOUT_CELLS * LAYOUT_CELLS * channels],
  );
  const first = meanAndSpread(early);
  const last = meanAndSpread(late);
  return tf.concat2d([layout, first.mean, first.spread, last.spread], 1);
}

function meanAndSpread(x: tf.Tensor4D): {
  mean: tf.Tensor2D;
  spread: tf.Tensor2D;
} {
  const mean = tf.mean(x, [1, 2], true);
  const spread = tf.sqrt(tf.mean(tf.square(tf.sub(x, mean)), [1, 2]));
  const [batch, , , channels] = x.shape;
  return {
    mean: tf.reshape(mean, [batch, channels]),
    spread: spread as tf.Tensor2D,
  };
}

/** What the gate's head gives, still on the engine. */
export interface GateOutput {
  /** Class logits, `[batch, classes]`. */
  logits: tf.Tensor2D;
  /** Logit of a child's rather than an adult's film, `[batch, 1]`. */
  child: tf.Tensor2D;
  /**
   * Squared distance from the training films by the film's features,
   * `[batch]`; a training film has about 1 (`training/gate-train.ts`).
   */
  distance: tf.Tensor1D;
}

/** Runs the gate's head on `gateFeatures`. */
export function runGateHead(
  features: tf.Tensor2D,
  weights: WeightMap,
): GateOutput {
  const centred = tf.sub(features, weight(weights, "gate/mean"));
  const standard: tf.Tensor2D = tf.mul(centred, weight(weights, "gate/scale"));
  const x: tf.Tensor2D = tf.clipByValue(standard, -FEATURE_CLIP, FEATURE_CLIP);
  const hidden: tf.Tensor2D = tf.relu(affine(x, weights, "gate/hidden"));
  const near = tf.matMul(x, matrix(weights, "gate/near/kernel"));
  const precision = weight(weights, "gate/near/precision");
  const length = tf.mul(tf.sum(tf.square(x), 1), precision);
  const distance: tf.Tensor1D = tf.div(
    tf.sub(length, tf.sum(tf.square(near), 1)),
    features.shape[1],
  );
  return {
    logits: affine(hidden, weights, "gate/classes"),
    child: affine(hidden, weights, "gate/child"),
    distance,
  };
}

function matrix(weights: WeightMap, name: string): tf.Tensor2D {
  const found = weight(weights, name);
  // The model folder's description gives kernels of the head two axes.
  return found as tf.Tensor2D;
}

function affine(x: tf.Tensor2D, weights: WeightMap, name: string): tf.Tensor2D {
  return tf.add(
    tf.matMul(x, matrix(weights, `${name}/kernel`)),
    weight(weights, `${name}/bias`),
  );
}
