/** Writes a model folder: description, weights, manifest, and their seal. */
import { createHash } from "node:crypto";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type * as tf from "@tensorflow/tfjs-core";

import {
  manifestSchema,
  type ModelManifest,
} from "../../src/models/manifest.ts";
import { sealModel } from "../../src/models/seal.ts";

/** Writes the folder and returns the checked manifest. */
export async function exportModel(
  folder: string,
  weights: ReadonlyMap<string, tf.Tensor>,
  manifest: Omit<ModelManifest, "weights">,
  licences: readonly string[],
): Promise<ModelManifest> {
  await mkdir(folder, { recursive: true });
  const specs = Array.from(weights, ([name, tensor]) => ({
    name,
    shape: tensor.shape,
    dtype: "float32",
  }));
  const bytes = Buffer.concat(
    Array.from(weights.values(), (tensor) => {
      const values = Float32Array.from(tensor.dataSync());
      return Buffer.from(values.buffer);
    }),
  );
  const whole = manifestSchema.parse({
    ...manifest,
    weights: {
      file: "weights.bin",
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
      parameters: bytes.length / 4,
    },
  });
  await writeFile(join(folder, "weights.bin"), bytes);
  await writeFile(
    join(folder, "model.json"),
    `${JSON.stringify({ format: "lung-iris-weights", weights: specs }, null, 1)}\n`,
  );
  await writeFile(
    join(folder, "manifest.json"),
    `${JSON.stringify(whole, null, 2)}\n`,
  );
  await sealModel(folder, whole.weights.file);
  for (const licence of licences) {
    await copyFile(
      licence,
      join(folder, licence.split("/").at(-1) ?? "LICENSE"),
    );
  }
  return whole;
}
