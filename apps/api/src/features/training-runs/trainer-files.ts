import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { readSealedManifest } from "@lung-iris/inference";
import { openPromise } from "yauzl";
import {
  hashedKey,
  putBytes,
  readWhole,
  type ObjectStore,
} from "../../platform/object-store.ts";
import type { CandidateFiles } from "./training-settings.ts";

/** Of a dataset's archive, what a run reads: pictures and the list of them. */
const WANTED = /^(?:manifest\.csv|images\/[A-Za-z0-9._-]+)$/u;
/** Larger files are none of an export: a film has 200 MiB at most. */
const MOST_BYTES = 512 * 2 ** 20;

/** What was fetched is not what its hash says. */
export class ChangedObjectError extends Error {
  override readonly name = "ChangedObjectError";
}

/**
 * Fetches a dataset's archive, holds it to its hash and unpacks its films.
 *
 * @returns its manifest
 * @throws ChangedObjectError where the archive is another one
 */
export async function unpackDataset(
  store: ObjectStore,
  dataset: { objectKey: string; sha256: string },
  folder: string,
): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "images"), { recursive: true });
  const archive = join(folder, "dataset.zip");
  const { stream } = await store.read(dataset.objectKey);
  const hash = createHash("sha256");
  stream.on("data", (chunk: Buffer) => hash.update(chunk));
  await pipeline(stream, createWriteStream(archive));
  if (hash.digest("hex") !== dataset.sha256)
    throw new ChangedObjectError(
      "The dataset's file is not the one that was frozen: its hash is another.",
    );
  const zip = await openPromise(archive, {
    autoClose: false,
    strictFileNames: true,
    validateEntrySizes: true,
  });
  try {
    for await (const entry of zip.eachEntry()) {
      if (!WANTED.test(entry.fileName)) continue;
      if (entry.uncompressedSize > MOST_BYTES)
        throw new Error("a film of the dataset is larger than any film");
      const packed = await zip.openReadStreamPromise(entry);
      await pipeline(packed, createWriteStream(join(folder, entry.fileName)));
    }
  } finally {
    zip.close();
  }
  await rm(archive);
  return join(folder, "manifest.csv");
}

/** Puts files of a folder into the store by their hash. */
export async function storeFiles(
  store: ObjectStore,
  folder: string,
  names: readonly string[],
): Promise<CandidateFiles> {
  const files: CandidateFiles = [];
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await putBytes(store, trainingKey(sha256), bytes);
    files.push({ name, sha256 });
  }
  return files;
}

/** Removes files that no run needs any more. */
export async function dropFiles(
  store: ObjectStore,
  files: CandidateFiles,
): Promise<void> {
  for (const { sha256 } of files) await store.remove(trainingKey(sha256));
}

/**
 * Fetches files into a folder.
 *
 * @throws ChangedObjectError where one is not what its hash says
 */
export async function fetchFiles(
  store: ObjectStore,
  files: CandidateFiles,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, sha256 } of files) {
    const bytes = await readWhole(store, trainingKey(sha256));
    if (createHash("sha256").update(bytes).digest("hex") !== sha256)
      throw new ChangedObjectError(`${name} was changed in the object store.`);
    await writeFile(join(folder, basename(name)), bytes);
  }
}

/** Every file of a model folder, and the folder as one hash. */
export async function storeModel(
  store: ObjectStore,
  folder: string,
): Promise<{ files: CandidateFiles; folderSha256: string; manifest: unknown }> {
  const { folderSha256, json } = await readSealedManifest(folder);
  const files = await storeFiles(store, folder, (await readdir(folder)).sort());
  return { files, folderSha256, manifest: json };
}

/**
 * Brings a model folder out of the store, whole or not at all.
 *
 * @throws ChangedObjectError, or InferenceError where its seal does not hold
 */
export async function fetchModel(
  store: ObjectStore,
  files: CandidateFiles,
  folder: string,
): Promise<void> {
  const part = join(
    dirname(folder),
    `.${basename(folder)}-${String(process.pid)}`,
  );
  await rm(part, { recursive: true, force: true });
  await fetchFiles(store, files, part);
  await readSealedManifest(part);
  await rm(folder, { recursive: true, force: true });
  await rename(part, folder);
}

/** Where a file of a run or of its candidate lies in the object store. */
export function trainingKey(sha256: string): string {
  return hashedKey("training", sha256);
}
