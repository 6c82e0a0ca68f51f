/** Averages the best weights of runs that share a start (Wortsman 2022). */
import * as tf from "@tensorflow/tfjs-core";

/** One set of weights and how much it counts. */
export interface Part {
  weights: ReadonlyMap<string, tf.Tensor>;
  share: number;
}

/**
 * Weighted mean of folded weights by name. Only meaningful for runs of which
 * one began at the other's end: their weights lie in one valley.
 *
 * @throws Error when the parts are not the same net.
 */
export function averageWeights(parts: readonly Part[]): Map<string, tf.Tensor> {
  const total = parts.reduce((sum, part) => sum + part.share, 0);
  const [first] = parts;
  if (first === undefined) throw new Error("there is nothing to average");
  return new Map(
    Array.from(first.weights.keys(), (name) => {
      const mean = tf.tidy(() =>
        tf.addN(
          parts.map((part) => {
            const value = part.weights.get(name);
            if (value === undefined) throw new Error(`a run has no ${name}`);
            return tf.mul(value, part.share / total);
          }),
        ),
      );
      return [name, mean];
    }),
  );
}
