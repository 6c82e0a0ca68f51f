import { createReadStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { filmKey } from "../features/films/film-keys.ts";
import { trainingKey } from "../features/training-runs/trainer-files.ts";
import { ObjectStoreError } from "../platform/object-store.ts";
import type { ObjectStore } from "../platform/object-store.ts";
import { masterKey, newKeyDerivation } from "./backup-key.ts";
import { SUMMARY_FILE } from "./backup-format.ts";
import { BackupError } from "./copy-reader.ts";
import { CopyWriter } from "./copy-writer.ts";
import { dumpDatabase } from "./dump-database.ts";

export interface BackupRequest {
  /** Where the copy goes: a folder that is empty or not there yet. */
  target: string;
  dataFolder: string;
  databaseUrl: string;
  objectStore: ObjectStore;
  /** Null: an open copy, which anybody can read who has it. */
  passphrase: string | null;
  now: Date;
  say: (line: string) => void;
}

export interface BackupResult {
  files: number;
  bytes: number;
  films: number;
  head: { seq: string; hash: string };
}

/** Folders of the data folder that a copy holds besides rows and objects. */
const KEPT = [
  { folder: "secrets", kind: "secret" },
  { folder: "checkpoints", kind: "checkpoint" },
] as const;

/**
 * One consistent copy while the desk runs. Secrets and checkpoints first, so
 * that no checkpoint is ahead of the rows; then the rows of one moment; then
 * the films, exports and models that those rows name, which were there before
 * the rows were. What can be made again from films (thumbnails, samples) is left
 * out, and what is only under way (uploads in pieces, where a run stands).
 */
export async function takeBackup(
  request: BackupRequest,
): Promise<BackupResult> {
  const { target, passphrase, now, say } = request;
  await claimFolder(target);
  const encryption = passphrase === null ? null : newKeyDerivation();
  const master =
    passphrase === null || encryption === null
      ? null
      : await masterKey(passphrase, encryption);
  const writer = new CopyWriter(target, master);
  for (const { folder, kind } of KEPT)
    await addFolder(writer, join(request.dataFolder, folder), folder, kind);
  const { films, datasets, candidates, ...dump } = await dumpDatabase(
    request.databaseUrl,
    writer,
    ({ schema, name, rows }) =>
      say(`${schema}.${name}: ${rows.toLocaleString("en")} rows`),
  );
  const keys = [
    ...films.map(filmKey),
    ...datasets,
    ...candidates.map(trainingKey),
  ];
  await addObjects(writer, request.objectStore, keys, say);
  await writer.finish({
    format: "lung-iris-backup",
    version: 1,
    createdAt: now.toISOString(),
    encryption,
    ...dump,
  });
  const { files, bytes } = writer;
  return { files, bytes, films: films.length, head: dump.head };
}

async function claimFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = await readdir(folder);
  if (names.length === 0) return;
  throw new BackupError(
    names.includes(SUMMARY_FILE)
      ? `${folder} holds a copy already. Choose a new folder for each, for example with the date in its name.`
      : `${folder} is not empty: it holds half a copy or something else. Remove what is in it, or choose another folder.`,
  );
}

async function addFolder(
  writer: CopyWriter,
  from: string,
  folder: string,
  kind: "secret" | "checkpoint",
): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith(".part")) continue;
    const { name } = entry;
    const source = createReadStream(join(from, name));
    await writer.add({ kind, name, path: `${folder}/${name}` }, source);
  }
}

const SAY_EVERY = 500;

async function addObjects(
  writer: CopyWriter,
  store: ObjectStore,
  keys: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  for (const [index, key] of keys.entries()) {
    try {
      const { stream } = await store.read(key);
      await writer.add(
        { kind: "object", name: key, path: `objects/${key}` },
        stream,
      );
    } catch (error) {
      if (!(error instanceof ObjectStoreError) || error.code !== "missing")
        throw error;
      throw new BackupError(
        `The database names ${key}, which the object store does not have: a copy would not be whole.`,
        { cause: error },
      );
    }
    if ((index + 1) % SAY_EVERY === 0)
      say(
        `${String(index + 1)} of ${String(keys.length)} films, exports and files of models`,
      );
  }
}
