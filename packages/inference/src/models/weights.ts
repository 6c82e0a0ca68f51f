/** Reading a model folder: manifest, hash check, weights onto the engine. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";

import { InferenceError } from "../errors.ts";
import { manifestSchema, type ModelManifest } from "./manifest.ts";

const MANIFEST_FILE = "manifest.json";
const TOPOLOGY_FILE = "model.json";

const topologySchema = z.object({
  weights: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.number().int().positive()),
      dtype: z.literal("float32"),
    }),
  ),
});

/** Reads and checks the manifest of a model folder. */
export async function readModelManifest(
  folder: string,
): Promise<ModelManifest> {
  const text = await readText(folder, MANIFEST_FILE);
  const parsed = manifestSchema.safeParse(parseJson(text, folder));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue === undefined ? "" : issue.path.join(".");
    throw new InferenceError(
      "model-corrupt",
      `${join(folder, MANIFEST_FILE)} is not a model manifest: ${where} ` +
        (issue?.message ?? ""),
    );
  }
  return parsed.data;
}

/**
 * Loads the weights of a model folder onto the active engine. The caller
 * disposes them.
 *
 * @throws InferenceError `model-missing` or `model-corrupt`; weights whose
 * SHA-256 is not the manifest's do not load.
 */
export async function loadModelWeights(
  folder: string,
  manifest: ModelManifest,
): Promise<Map<string, tf.Tensor>> {
  const { weights } = manifest;
  const bytes = await readBytes(folder, basename(weights.file));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== weights.sha256) {
    throw new InferenceError(
      "model-corrupt",
      `the weights of ${manifest.id} have the hash ${sha256.slice(0, 12)}…, ` +
        `the manifest says ${weights.sha256.slice(0, 12)}…; put the model ` +
        `folder back as it was released`,
    );
  }
  const topology = topologySchema.safeParse(
    parseJson(await readText(folder, TOPOLOGY_FILE), folder),
  );
  if (!topology.success) {
    throw new InferenceError(
      "model-corrupt",
      `${join(folder, TOPOLOGY_FILE)} does not describe the weights`,
      { cause: topology.error },
    );
  }
  const expected = topology.data.weights.reduce(
    (sum, spec) => sum + 4 * spec.shape.reduce((a, b) => a * b, 1),
    0,
  );
  if (expected !== bytes.length) {
    throw new InferenceError(
      "model-corrupt",
      `${manifest.id} describes ${String(expected)} bytes of weights and has ` +
        String(bytes.length),
    );
  }
  const named = tf.io.decodeWeights(
    new Uint8Array(bytes).buffer,
    topology.data.weights,
  );
  return new Map(Object.entries(named));
}

function parseJson(text: string, folder: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InferenceError(
      "model-corrupt",
      `the model folder ${folder} holds a file that is not JSON`,
      { cause: error },
    );
  }
}

async function readBytes(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file));
  } catch (error) {
    throw new InferenceError(
      "model-missing",
      `no model in ${folder}: ${file} cannot be read`,
      { cause: error },
    );
  }
}

async function readText(folder: string, file: string): Promise<string> {
  return (await readBytes(folder, file)).toString("utf8");
}
