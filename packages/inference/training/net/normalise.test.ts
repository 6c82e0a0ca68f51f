import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openEngine } from "../../src/backend.ts";
import { hasNativeEngine } from "../../src/engine/locate.ts";
import { normaliseBatch } from "./normalise.ts";

const SHAPE: [number, number, number, number] = [3, 4, 5, 2];
const EPSILON = 1e-3;

/** The same of the library's own ops, which bring their own gradients. */
function composed(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
): tf.Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, EPSILON)));
  return tf.add(tf.mul(tf.sub(x, mean), scale), beta);
}

describe.skipIf(!hasNativeEngine())(
  "normalising by the batch's own statistics (needs engine:native)",
  () => {
    beforeAll(async () => {
      await openEngine("tensorflow");
    });
    afterAll(async () => {
      await openEngine("wasm");
    });

    it("gives the value and gradients of the composed form, and no leak", () => {
      const before = tf.memory().numTensors;
      const inputs = [
        tf.randomUniform(SHAPE, -2, 5, "float32", 11),
        tf.tensor1d([1.5, 0.7]),
        tf.tensor1d([0.2, -0.4]),
      ];
      const weight = tf.randomUniform(SHAPE, 0, 1, "float32", 12);
      const run = (
        layer: (x: tf.Tensor4D, g: tf.Tensor1D, b: tf.Tensor1D) => tf.Tensor,
      ): number[][] => {
        const { value, grads } = tf.valueAndGrads((x, gamma, beta) => {
          const out = layer(
            x as tf.Tensor4D,
            gamma as tf.Tensor1D,
            beta as tf.Tensor1D,
          );
          return tf.sum(tf.mul(tf.square(out), weight));
        })(inputs);
        const numbers = [value, ...grads].map((t) => Array.from(t.dataSync()));
        tf.dispose([value, ...grads]);
        return numbers;
      };
      const expected = run(composed);
      const actual = run((x, gamma, beta) => {
        const out = normaliseBatch(x, gamma, beta, EPSILON);
        tf.dispose([out.mean, out.variance]);
        return out.value;
      });
      for (const [at, numbers] of expected.entries()) {
        for (const [i, value] of numbers.entries()) {
          expect(actual[at]?.[i]).toBeCloseTo(value, 3);
        }
      }
      tf.dispose([...inputs, weight]);
      expect(tf.memory().numTensors).toBe(before);
    });

    it("gives the batch's mean and variance by channel", () => {
      const x = tf.tensor4d([1, 10, 3, 10, 5, 10, 7, 10], [2, 2, 1, 2]);
      const [one, zero] = [tf.ones([2]), tf.zeros([2])];
      const out = normaliseBatch(
        x,
        one as tf.Tensor1D,
        zero as tf.Tensor1D,
        EPSILON,
      );
      expect(Array.from(out.mean.dataSync())).toEqual([4, 10]);
      expect(out.variance.dataSync()[0]).toBeCloseTo(20 / 3, 4);
      tf.dispose([x, one, zero, out.value, out.mean, out.variance]);
    });
  },
);
