import * as tf from "@tensorflow/tfjs-core";

const TOLERANCE = 1e-5;

/**
 * Runs a small known computation on the active backend and compares it with
 * numbers worked out by hand. The film is 1…9 in a 3×3 square: sums of its
 * four 2×2 windows are 12, 16, 24, 28; a depthwise 1×1 kernel of 1/4 makes
 * them 3, 4, 6, 7; ReLU6 caps the last at 6.
 *
 * @throws Error when a value differs, so that a broken engine is not trusted.
 */
export function selfTest(): void {
  const result = tf.tidy(() => {
    const film = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const window = tf.ones<tf.Rank.R4>([2, 2, 1, 1]);
    const quarter = tf.tensor4d([0.25], [1, 1, 1, 1]);
    const sums = tf.conv2d(film, window, 1, "valid");
    return tf.relu6(tf.depthwiseConv2d(sums, quarter, 1, "valid"));
  });
  const values = result.dataSync();
  result.dispose();
  const expected = [3, 4, 6, 6];
  const isRight = expected.every(
    (want, at) => Math.abs((values[at] ?? Number.NaN) - want) < TOLERANCE,
  );
  if (!isRight) {
    throw new Error(
      `self-test gave ${Array.from(values).join(", ")} instead of ` +
        expected.join(", "),
    );
  }
}
