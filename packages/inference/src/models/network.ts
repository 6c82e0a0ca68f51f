/**
 * Lung Iris net: Lite0 trunk to block 10, one convolution, a map of pneumonia
 * logits over the film, and the film's logit from that map and the pooled
 * features. Everything comes out of one forward pass.
 */
import * as tf from "@tensorflow/tfjs-core";

import { EARLY_BLOCK, LAST_BLOCK, POOL_SHARPNESS } from "./shape.ts";
import {
  convolve,
  foldedLayers,
  runTrunk,
  weight,
  type TrunkLayers,
  type WeightMap,
} from "./trunk.ts";

/** What the heads say, still on the engine. */
export interface HeadOutput {
  /** Logits of pneumonia in every cell, `[batch, rows, columns, 1]`. */
  map: tf.Tensor4D;
  /** Logit of pneumonia in the film, `[batch, 1]`. */
  logit: tf.Tensor2D;
  /** Smooth maximum of the map's logits, `[batch, 1]`. */
  strongest: tf.Tensor2D;
  /** Logit of viral rather than bacterial, where there is pneumonia, `[batch, 1]`. */
  viral: tf.Tensor2D;
  /** Mean of the last convolution's features, `[batch, HEAD_CHANNELS]`. */
  pooled: tf.Tensor2D;
  /** The findings beside pneumonia, where the net has heads for them. */
  others: OtherFindings | null;
}

/** What one forward pass gives, still on the engine. */
export interface NetworkOutput extends HeadOutput {
  early: tf.Tensor4D;
  late: tf.Tensor4D;
}

/** One logit and one map of its own for every further finding. */
export interface OtherFindings {
  /** Logits in every cell, `[batch, rows, columns, findings]`. */
  maps: tf.Tensor4D;
  /** Logits of the film, `[batch, findings]`. */
  logits: tf.Tensor2D;
}

/**
 * @param x grey films `[batch, size, size, 1]`, scaled `(v − 127) / 128`
 * @param weights of the heads, and of the trunk unless `trunk` brings its own
 */
export function runNetwork(
  x: tf.Tensor4D,
  weights: WeightMap,
  trunk: TrunkLayers = foldedLayers(weights),
): NetworkOutput {
  const [early, late] = runTrunk(x, trunk, [EARLY_BLOCK, LAST_BLOCK]);
  if (early === undefined || late === undefined) {
    throw new Error("the trunk gave no features");
  }
  return { ...runHeads(late, weights), early, late };
}

/** The heads on features of the trunk's last block. */
export function runHeads(late: tf.Tensor4D, weights: WeightMap): HeadOutput {
  const head = convolve(late, weights, "head", {
    stride: 1,
    activation: "relu6",
  });
  const map = convolve(head, weights, "map", {
    stride: 1,
    activation: "linear",
  });
  const pooled = tf.mean<tf.Tensor2D>(head, [1, 2]);
  const strongest = smoothMaximum(map);
  const logit = dense(tf.concat([pooled, strongest], 1), weights, "film");
  return {
    map,
    logit,
    strongest,
    viral: dense(pooled, weights, "viral"),
    pooled,
    others: weights.has("findings/map/kernel")
      ? otherFindings({ late, head }, weights)
      : null,
  };
}

/**
 * Every finding's map, and its film logit from the pooled features and its own
 * map's smooth maximum. The features come of a convolution that the findings
 * share with each other and not with pneumonia; a net without one takes
 * pneumonia's.
 *
 * @param change what training does to the features: it leaves some out
 */
export function otherFindings(
  from: { late: tf.Tensor4D; head: tf.Tensor4D | null },
  weights: WeightMap,
  change: (x: tf.Tensor4D) => tf.Tensor4D = (x) => x,
): OtherFindings {
  const own = weights.has("findings/head/kernel")
    ? convolve(from.late, weights, "findings/head", {
        stride: 1,
        activation: "relu6",
      })
    : from.head;
  if (own === null) throw new Error("the findings have no features");
  const features = change(own);
  const maps = convolve(features, weights, "findings/map", {
    stride: 1,
    activation: "linear",
  });
  const strongest = tf.mul<tf.Tensor2D>(
    smoothMaxima(maps),
    weight(weights, "findings/strongest"),
  );
  const pooled = tf.mean<tf.Tensor2D>(features, [1, 2]);
  const film = dense(pooled, weights, "findings/film");
  return { maps, logits: tf.add(film, strongest) };
}

/** The smooth maximum of every channel, `[batch, channels]`. */
function smoothMaxima(maps: tf.Tensor4D): tf.Tensor2D {
  const [batch, rows, columns, channels] = maps.shape;
  const cells = tf.reshape(maps, [batch, rows * columns, channels]);
  const sum = tf.logSumExp(tf.mul(cells, POOL_SHARPNESS), 1);
  const mean = tf.sub(sum, Math.log(rows * columns));
  return tf.div(mean, POOL_SHARPNESS);
}

/** `log(mean(exp(r·m))) / r` over the cells, `[batch, 1]`. */
function smoothMaximum(map: tf.Tensor4D): tf.Tensor2D {
  const [batch, rows, columns] = map.shape;
  const cells = tf.reshape(map, [batch, rows * columns]);
  const scaled = tf.mul(cells, POOL_SHARPNESS);
  const sum = tf.logSumExp(scaled, 1, true);
  const mean = tf.sub(sum, Math.log(rows * columns));
  return tf.div(mean, POOL_SHARPNESS);
}

/** `x · kernel + bias` of the head called `name`. */
export function dense(
  x: tf.Tensor2D,
  weights: WeightMap,
  name: string,
): tf.Tensor2D {
  const kernel = weight(weights, `${name}/kernel`) as tf.Tensor2D;
  return tf.add(tf.matMul(x, kernel), weight(weights, `${name}/bias`));
}
