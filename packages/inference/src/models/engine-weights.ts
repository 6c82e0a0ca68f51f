import * as tf from "@tensorflow/tfjs-core";

import type { ModelManifest } from "./manifest.ts";
import { readModelWeights } from "./weights.ts";

/**
 * Loads the weights of a model folder onto the active TensorFlow.js engine.
 * The caller disposes them.
 *
 * @throws InferenceError as `readModelWeights` does.
 */
export async function loadModelWeights(
  folder: string,
  manifest: ModelManifest,
): Promise<Map<string, tf.Tensor>> {
  const stored = await readModelWeights(folder, manifest);
  return new Map(
    Array.from(stored, ([name, { shape, values }]) => [
      name,
      tf.tensor(values, shape),
    ]),
  );
}
