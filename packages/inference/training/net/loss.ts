import * as tf from "@tensorflow/tfjs-core";

import type { NetworkOutput } from "../../src/models/network.ts";
import type { Batch } from "../data/batch.ts";

/** Weights of the loss's parts. */
export interface LossWeights {
  cells: number;
  viral: number;
  findings: number;
  /** Two looks of one film should give one answer. */
  consistency: number;
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
 * the hint viral or bacterial, plus the findings where labels speak of them,
 * plus what two looks of the same film differ by.
 */
export function totalLoss(
  out: NetworkOutput,
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
  const parts: tf.Tensor[] = [
    film,
    tf.mul(cells, weights.cells),
    tf.mul(viral, weights.viral),
  ];
  if (out.others !== null) {
    const entropy = crossEntropy(out.others.logits, batch.findings);
    const findings = maskedMean(entropy, batch.hasFindings);
    parts.push(tf.mul(findings, weights.findings));
  }
  if (weights.consistency > 0) {
    parts.push(tf.mul(disagreement(out), weights.consistency));
  }
  return tf.addN<tf.Scalar>(
    parts.map((part) => tf.reshape<tf.Rank.R0>(part, [])),
  );
}

/**
 * How far the two looks of every film, neighbours in the batch, lie apart: in
 * the film's probability, a little in its logit so that sure errors still
 * move, and in every cell of the map.
 */
function disagreement(out: NetworkOutput): tf.Scalar {
  const [count] = out.logit.shape;
  const apart = (x: tf.Tensor): tf.Tensor => {
    const pairs = tf.reshape(x, [count / 2, 2, -1]);
    const [first, second] = tf.unstack(pairs, 1);
    if (first === undefined || second === undefined) {
      throw new Error("a batch of looks has two of every film");
    }
    return tf.mean(tf.squaredDifference(first, second));
  };
  return tf.addN([
    tf.mul(apart(tf.sigmoid(out.logit)), 4),
    tf.mul(apart(out.logit), 0.04),
    tf.mul(apart(tf.sigmoid(out.map)), 2),
  ]) as tf.Scalar;
}
