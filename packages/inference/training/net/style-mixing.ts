/**
 * Blending the style of films inside the net: mean and spread of every early
 * channel are mixed with another film's of the batch (MixStyle, Zhou et al.,
 * ICLR 2021). What a device does to grey levels and sharpness lives there;
 * where the lungs are dense does not.
 */
import * as tf from "@tensorflow/tfjs-core";

import type { Random } from "../data/random.ts";

const EPSILON = 1e-5;

/** Features of a batch with statistics blended pairwise at random. */
export function blendStyles(x: tf.Tensor4D, random: Random): tf.Tensor4D {
  const [count] = x.shape;
  const partners = shuffled(count, random);
  // Shares of the film's own style; mostly near 0 or 1 (Beta(0.1, 0.1)).
  const shares = Array.from({ length: count }, () =>
    random.chance(0.5) ? random.range(0.7, 1) : random.range(0, 0.6),
  );
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(x, [1, 2], true);
    const spread = tf.sqrt(tf.add(variance, EPSILON));
    const plain = tf.div(tf.sub(x, mean), spread);
    const own = tf.tensor4d(shares, [count, 1, 1, 1]);
    const order = tf.tensor1d(partners, "int32");
    const blend = (of: tf.Tensor): tf.Tensor =>
      tf.add(tf.mul(of, own), tf.mul(tf.gather(of, order), tf.sub(1, own)));
    return tf.add<tf.Tensor4D>(tf.mul(plain, blend(spread)), blend(mean));
  });
}

function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
