import * as tf from "@tensorflow/tfjs-core";

import type { NetworkOutput } from "../src/models/network.ts";
import type { Batch } from "./batch.ts";

/** Weights of the loss's parts. */
export interface LossWeights {
  cells: number;
  viral: number;
  nih: number;
}

/** Numerically safe binary cross-entropy on logits, elementwise. */
export function crossEntropy(logits: tf.Tensor, target: tf.Tensor): tf.Tensor {
  // max(z, 0) − z·t + log(1 + exp(−|z|))
  const positive = tf.relu(logits);
  const tail = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
  return tf.add(tf.sub(positive, tf.mul(logits, target)), tail);
}

/** Mean of `values` where `mask` is 1; 0 when it is nowhere. */
function maskedMean(values: tf.Tensor, mask: tf.Tensor): tf.Scalar {
  const total = tf.sum(tf.mul(values, mask));
  return tf.div(total, tf.maximum(tf.sum(mask), 1));
}

/**
 * Film label, plus radiologists' boxes on the map where there are any, plus
 * the hint viral or bacterial, plus the 14 findings where a report names them.
 */
export function totalLoss(
  out: NetworkOutput,
  nih: tf.Tensor2D,
  batch: Batch,
  weights: LossWeights,
): tf.Scalar {
  const film = maskedMean(crossEntropy(out.logit, batch.label), batch.hasLabel);
  const perCell = crossEntropy(out.map, batch.cells);
  const cells = maskedMean(tf.mean(perCell, [1, 2], true), batch.hasCells);
  const viral = maskedMean(
    crossEntropy(out.viral, batch.viral),
    batch.hasViral,
  );
  const findings = maskedMean(
    tf.mean(crossEntropy(nih, batch.nih), 1, true),
    batch.hasNih,
  );
  const others = tf.add(
    tf.mul(viral, weights.viral),
    tf.mul(findings, weights.nih),
  );
  return tf.add(tf.add(film, tf.mul(cells, weights.cells)), others);
}
