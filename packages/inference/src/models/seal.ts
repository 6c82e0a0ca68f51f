/**
 * The seal of a model folder: one hash over all of its files that decide an
 * answer, thresholds and calibration as well as weights.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { InferenceError } from "../errors.ts";

/** In the form of `sha256sum`, so that `sha256sum -c SHA256SUMS` checks it too. */
const SEAL_FILE = "SHA256SUMS";
export const MANIFEST_FILE = "manifest.json";
export const TOPOLOGY_FILE = "model.json";
const LINE = /^([0-9a-f]{64}) [ *]([^/\\\n]+)$/u;

/** What a folder's seal says. */
export interface Seal {
  /** SHA-256 of the seal itself: the one hash over the whole folder. */
  folderSha256: string;
  /** SHA-256 of each file by name. */
  files: ReadonlyMap<string, string>;
}

/** Seals a folder as it is now; whoever makes or changes a model calls it last. */
export async function sealModel(
  folder: string,
  weightsFile: string,
): Promise<Seal> {
  const names = [MANIFEST_FILE, TOPOLOGY_FILE, weightsFile].sort();
  const lines: string[] = [];
  for (const name of names) {
    lines.push(`${sha256(await readFile(join(folder, name)))}  ${name}\n`);
  }
  await writeFile(join(folder, SEAL_FILE), lines.join(""));
  return readSeal(folder);
}

/**
 * Reads the seal of a folder.
 *
 * @throws InferenceError `model-corrupt` where there is none, or no such list.
 */
export async function readSeal(folder: string): Promise<Seal> {
  let text: string;
  try {
    text = await readFile(join(folder, SEAL_FILE), "utf8");
  } catch (cause) {
    throw new InferenceError(
      "model-corrupt",
      `${folder} has no ${SEAL_FILE}, which says what the model was released with; put the folder back as it was released, or seal one of your own with: sha256sum ${MANIFEST_FILE} ${TOPOLOGY_FILE} weights.bin > ${SEAL_FILE}`,
      { cause },
    );
  }
  const files = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, hash, name] = LINE.exec(line) ?? [];
    if (hash === undefined || name === undefined) {
      throw new InferenceError(
        "model-corrupt",
        `${join(folder, SEAL_FILE)} is no list of hashes`,
      );
    }
    files.set(name, hash);
  }
  return { folderSha256: sha256(Buffer.from(text)), files };
}

/**
 * Holds a file of a model folder to its seal.
 *
 * @throws InferenceError `model-corrupt` for a file that was changed since.
 */
export function mustBeSealed(
  folder: string,
  { files }: Seal,
  name: string,
  found: string,
): void {
  const sealed = files.get(name);
  if (sealed === found) return;
  throw new InferenceError(
    "model-corrupt",
    `${join(folder, name)} was changed since the model was sealed: its hash is ${found.slice(0, 12)}…, ${SEAL_FILE} says ${sealed === undefined ? "nothing of it" : `${sealed.slice(0, 12)}…`}; put the model folder back as it was released`,
  );
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
