/**
 * Weights between two nets of one origin (WiSE-FT, Wortsman et al., CVPR
 * 2022): a run that learnt looks gains there and forgets some of what the net
 * before it knew of hospitals that nobody trained on. Part of the way keeps
 * most of both.
 */
import * as tf from "@tensorflow/tfjs-core";

/**
 * @param share of the way from `before` to `after`, 0…1
 * @returns new tensors; what only `after` has, or has in another shape (heads
 * of its own for the findings), is taken as it is
 */
export function blendWeights(
  before: ReadonlyMap<string, tf.Tensor>,
  after: ReadonlyMap<string, tf.Tensor>,
  share: number,
): Map<string, tf.Tensor> {
  return new Map(
    Array.from(after, ([name, end]) => {
      const start = before.get(name);
      if (start === undefined || !tf.util.arraysEqual(start.shape, end.shape)) {
        return [name, tf.clone(end)];
      }
      const between = tf.tidy(() =>
        tf.add(tf.mul(start, 1 - share), tf.mul(end, share)),
      );
      return [name, between];
    }),
  );
}
