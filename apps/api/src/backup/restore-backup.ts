import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createDatabase } from "@lung-iris/prisma";
import { migrateDeploy } from "@lung-iris/prisma/migrate";
import { CheckpointFolder } from "../audit/checkpoints/checkpoint-folder.ts";
import { verifyTrail } from "../audit/checkpoints/verify-trail.ts";
import { hashAt } from "../audit/audit.store.ts";
import type { ObjectStore } from "../platform/object-store.ts";
import { BackupError } from "./copy-reader.ts";
import type { CopyReader } from "./copy-reader.ts";
import {
  assertEmptyDatabase,
  loadDatabase,
  migrationsOf,
} from "./load-database.ts";

/** Where a copy is brought back to. */
export interface RestoreTarget {
  /** Must be empty or missing; appears under its name only when all is there. */
  dataFolder: string;
  /** Starts or finds an empty database for the folder as it is being made. */
  openDatabase(folder: string): Promise<{
    url: string;
    /** `isFilled`: all came back and holds. */
    close(isFilled: boolean): Promise<void>;
  }>;
  openObjectStore(folder: string): Promise<ObjectStore>;
  say: (line: string) => void;
}

export interface RestoreResult {
  rows: number;
  objects: number;
  events: number;
}

/**
 * Brings a copy back: first reads all of it to see that it is whole, then
 * makes everything in a folder beside, verifies the audit chain against the
 * copy's checkpoints, and only then gives the folder its name.
 *
 * @throws BackupError saying what is wrong; nothing is left behind then but,
 *   with a database of one's own, tables in it.
 */
export async function restoreBackup(
  reader: CopyReader,
  target: RestoreTarget,
): Promise<RestoreResult> {
  const { dataFolder, say } = target;
  await assertEmptyFolder(dataFolder);
  const migrations = await migrationsOf(reader.summary);
  say(`Checking ${String(reader.files.length)} files of the copy`);
  await reader.check(() => undefined);
  const part = `${dataFolder}.restoring`;
  await claimPart(part);
  try {
    await writeFiles(reader, part);
    const database = await target.openDatabase(part);
    let result: RestoreResult | null = null;
    try {
      await assertEmptyDatabase(database.url);
      const objects = await putObjects(
        reader,
        await target.openObjectStore(part),
        say,
      );
      await loadDatabase(database.url, reader, migrations, (table) =>
        say(
          `${table.schema}.${table.name}: ${table.rows.toLocaleString("en")} rows`,
        ),
      );
      const events = await verify(database.url, part, reader);
      await migrateDeploy(database.url);
      const rows = reader.summary.tables.reduce((sum, t) => sum + t.rows, 0);
      result = { rows, objects, events };
    } finally {
      await database.close(result !== null);
    }
    await rmdir(dataFolder).catch(() => undefined); // empty, or not there
    await rename(part, dataFolder);
    return result;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

async function assertEmptyFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return;
  throw new BackupError(
    `${folder} is not empty. A copy is brought back into an empty data folder only: set LUNG_IRIS_DATA to a new one, or move this one away.`,
  );
}

async function claimPart(part: string): Promise<void> {
  await mkdir(dirname(part), { recursive: true });
  try {
    await mkdir(part, { mode: 0o700 });
  } catch (cause) {
    throw new BackupError(
      `${part} is there already: another restore is running, or one was killed. When none runs, remove it.`,
      { cause },
    );
  }
}

async function writeFiles(reader: CopyReader, part: string): Promise<void> {
  for (const { kind, name, path } of reader.files) {
    if (kind !== "secret" && kind !== "checkpoint") continue;
    const folder = join(part, kind === "secret" ? "secrets" : "checkpoints");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await pipeline(
      reader.read(path),
      createWriteStream(join(folder, name), { flags: "wx", mode: 0o600 }),
    );
  }
}

/** Keys that end with the hash of the bytes: films, files of models. */
const BY_HASH = /^(?:films|training)\//u;

async function putObjects(
  reader: CopyReader,
  store: ObjectStore,
  say: (line: string) => void,
): Promise<number> {
  const objects = reader.files.filter(({ kind }) => kind === "object");
  for (const [index, { name, path }] of objects.entries()) {
    const staged = await store.stage(reader.read(path));
    try {
      if (BY_HASH.test(name) && !name.endsWith(`/${staged.sha256}`))
        throw new BackupError(`${path} is not the file that its name says.`);
      await staged.commit(name);
    } finally {
      await staged.discard();
    }
    if ((index + 1) % 500 === 0)
      say(
        `${String(index + 1)} of ${String(objects.length)} films, exports and files of models`,
      );
  }
  return objects.length;
}

/** The chain holds, has every checkpoint, and ends where the copy says. */
async function verify(
  url: string,
  folder: string,
  { summary }: CopyReader,
): Promise<number> {
  const database = createDatabase(url, { poolSize: 2 });
  try {
    const { client } = database;
    const result = await verifyTrail(client, new CheckpointFolder(folder));
    const { seq, hash } = summary.head;
    const isEnd =
      result.through.seq === seq &&
      (seq === "0" || (await hashAt(client, seq)) === hash);
    if (result.ok && isEnd) return result.count;
    throw new BackupError(
      `The audit chain of the copy does not hold: ${result.broken?.problem ?? "it ends elsewhere than the copy says"}.`,
    );
  } finally {
    await database.close();
  }
}
