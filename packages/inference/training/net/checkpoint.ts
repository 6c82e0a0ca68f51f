/** Weights on disk between steps, so that a killed run can go on. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";

/** Writes named tensors as one file pair, each of them atomically. */
export async function saveTensors(
  folder: string,
  name: string,
  tensors: ReadonlyMap<string, tf.Tensor>,
  note: object,
): Promise<void> {
  const entries = Array.from(tensors, ([key, tensor]) => ({
    name: key,
    shape: tensor.shape,
  }));
  const bytes = Buffer.concat(
    Array.from(tensors.values(), (tensor) => {
      const values = Float32Array.from(tensor.dataSync());
      return Buffer.from(values.buffer);
    }),
  );
  const path = join(folder, name);
  await writeFile(`${path}.bin.part`, bytes);
  await rename(`${path}.bin.part`, `${path}.bin`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await writeFile(
    `${path}.json.part`,
    JSON.stringify({ entries, sha256, note }),
  );
  await rename(`${path}.json.part`, `${path}.json`);
}

/** Reads what `saveTensors` wrote; null when there is nothing. */
export async function loadTensors(
  folder: string,
  name: string,
): Promise<{ tensors: Map<string, tf.Tensor>; note: unknown } | null> {
  const path = join(folder, name);
  if (!existsSync(`${path}.json`)) return null;
  // Written by `saveTensors` alone, in this shape.
  const { entries, note } = JSON.parse(
    await readFile(`${path}.json`, "utf8"),
  ) as { entries: { name: string; shape: number[] }[]; note: unknown };
  const bytes = new Uint8Array(await readFile(`${path}.bin`)).buffer;
  const tensors = new Map<string, tf.Tensor>();
  let offset = 0;
  for (const entry of entries) {
    const length = entry.shape.reduce((product, side) => product * side, 1);
    const values = new Float32Array(bytes, offset, length);
    tensors.set(entry.name, tf.tensor(values.slice(), entry.shape));
    offset += length * 4;
  }
  return { tensors, note };
}

/** Removes what `saveTensors` wrote. */
export async function dropTensors(folder: string, name: string): Promise<void> {
  await rm(join(folder, `${name}.json`), { force: true });
  await rm(join(folder, `${name}.bin`), { force: true });
}
