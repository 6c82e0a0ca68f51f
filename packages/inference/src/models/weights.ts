/** Reading a model folder: manifest, hash check, weights. */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { z } from "zod";

import { InferenceError } from "../errors.ts";
import { manifestSchema, type ModelManifest } from "./manifest.ts";
import {
  MANIFEST_FILE,
  mustBeSealed,
  readSeal,
  sha256,
  TOPOLOGY_FILE,
} from "./seal.ts";

const topologySchema = z.object({
  weights: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.number().int().positive()),
      dtype: z.literal("float32"),
    }),
  ),
});

/** A manifest as it lies in its folder, and the folder's one hash. */
export interface SealedManifest {
  manifest: ModelManifest;
  /** As JSON, with keys that this version does not know. */
  json: unknown;
  folderSha256: string;
}

/**
 * Reads the manifest of a model folder and holds the folder to its seal.
 *
 * @throws InferenceError `model-missing`; `model-corrupt` for a manifest that
 *   is none, or for a folder of which anything was changed since its release.
 */
export async function readModelManifest(
  folder: string,
): Promise<ModelManifest> {
  return (await readSealedManifest(folder)).manifest;
}

/** As `readModelManifest`, with what whoever keeps the manifest needs. */
export async function readSealedManifest(
  folder: string,
): Promise<SealedManifest> {
  const bytes = await readBytes(folder, MANIFEST_FILE);
  const seal = await readSeal(folder);
  mustBeSealed(folder, seal, MANIFEST_FILE, sha256(bytes));
  const topology = await readBytes(folder, TOPOLOGY_FILE);
  mustBeSealed(folder, seal, TOPOLOGY_FILE, sha256(topology));
  const json = parseJson(bytes.toString("utf8"), folder);
  const manifest = parseManifest(json, folder);
  // The weights themselves are hashed when they are read, against the manifest.
  const { file, sha256: weights } = manifest.weights;
  mustBeSealed(folder, seal, basename(file), weights);
  return { manifest, json, folderSha256: seal.folderSha256 };
}

function parseManifest(json: unknown, folder: string): ModelManifest {
  const parsed = manifestSchema.safeParse(json);
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

/** A weight as the folder holds it: values row by row in the shape's order. */
export interface StoredTensor {
  shape: number[];
  values: Float32Array;
}

/** Named weights of a folder, off any engine. */
export type StoredWeights = ReadonlyMap<string, StoredTensor>;

/**
 * Reads the weights of a model folder.
 *
 * @throws InferenceError `model-missing` or `model-corrupt`; weights whose
 * SHA-256 is not the manifest's do not load.
 */
export async function readModelWeights(
  folder: string,
  manifest: ModelManifest,
): Promise<StoredWeights> {
  const { weights } = manifest;
  const bytes = await readBytes(folder, basename(weights.file));
  const found = sha256(bytes);
  if (found !== weights.sha256) {
    throw new InferenceError(
      "model-corrupt",
      `the weights of ${manifest.id} have the hash ${found.slice(0, 12)}…, ` +
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
  const weightsByName = new Map<string, StoredTensor>();
  // A copy of its own, whose start suits numbers of four bytes.
  const buffer = new Uint8Array(bytes).buffer;
  let offset = 0;
  for (const { name, shape } of topology.data.weights) {
    const length = shape.reduce((a, b) => a * b, 1);
    const values = new Float32Array(buffer, offset, length);
    weightsByName.set(name, { shape, values });
    offset += 4 * length;
  }
  return weightsByName;
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
