import { randomUUID } from "node:crypto";
import { constants, existsSync, type Dirent } from "node:fs";
import {
  access,
  mkdir,
  readdir,
  rm,
  stat,
  statfs,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { StartFailure } from "./failure.ts";

const MIB = 2 ** 20;
/** A new database takes about 100 MB, the demo and a day of films the rest. */
const LEAST_FREE_BYTES = 300 * MIB;
/** What the database of an existing desk needs to start and write its log. */
const LEAST_FREE_LATER_BYTES = 64 * MIB;
/** Folders whose files this user opens for writing itself. */
const OWN_FOLDERS = ["logs", "secrets"];

/**
 * Makes the data folder and proves that it can be written.
 *
 * @throws StartFailure for a folder that is closed, read-only or full.
 */
export async function prepareDataFolder(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.write-probe-${randomUUID()}`);
  try {
    await makeFolder(join(dataDir, "logs"));
    await makeFolder(join(dataDir, "secrets"), 0o700);
    await writeFile(probe, "x".repeat(4096));
    for (const folder of OWN_FOLDERS) await assertOurs(join(dataDir, folder));
  } catch (error) {
    throw error instanceof StartFailure
      ? error
      : new StartFailure(explain(dataDir, error));
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  await assertSpace(dataDir);
}

/**
 * mkdir's own recursion hides why it fails (a read-only disk is "not there")
 * and gives its mode to the parents as well.
 */
async function makeFolder(folder: string, mode?: number): Promise<void> {
  try {
    await mkdir(folder, mode);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "EEXIST" && (await stat(folder)).isDirectory()) return;
    const parent = dirname(folder);
    if (code !== "ENOENT" || existsSync(parent)) throw error;
    await makeFolder(parent);
    await mkdir(folder, mode);
  }
}

/**
 * Files of an earlier run under another user are closed to this one. Root may
 * open them all, but what root adds would be closed to the user later.
 */
async function assertOurs(folder: string): Promise<void> {
  const isFile = (entry: Dirent) => entry.isFile();
  const files = (await readdir(folder, { withFileTypes: true })).filter(isFile);
  const paths = [folder, ...files.map(({ name }) => join(folder, name))];
  const { uid } = await stat(folder);
  if (uid !== (process.getuid?.() ?? uid)) throw notOurs(folder, uid);
  for (const path of paths)
    await access(path, constants.R_OK | constants.W_OK).catch(async () => {
      throw notOurs(path, (await stat(path)).uid);
    });
}

function notOurs(path: string, uid: number): StartFailure {
  return new StartFailure(
    `${path} belongs to another user (user id ${uid}). Start as the user who made it, or set LUNG_IRIS_DATA to a folder of your own.`,
  );
}

async function assertSpace(dataDir: string): Promise<void> {
  const database = join(dataDir, "database");
  const isNew = !existsSync(database);
  const least = isNew ? LEAST_FREE_BYTES : LEAST_FREE_LATER_BYTES;
  // The database may be a link to another disk.
  for (const folder of isNew ? [dataDir] : [dataDir, database]) {
    const { bavail, bsize } = await statfs(folder);
    const free = Math.floor((bavail * bsize) / MIB);
    if (free * MIB < least)
      throw new StartFailure(
        `The disk of ${folder} is full: ${free} MB are free, ${least / MIB} MB are needed. ${MAKE_SPACE}`,
      );
  }
}

const MAKE_SPACE =
  "Free some space, or set LUNG_IRIS_DATA to a folder on another disk.";

function explain(dataDir: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  const remedy = "Set LUNG_IRIS_DATA to a folder that this user may write.";
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `The data folder ${dataDir} cannot be written by this user. ${remedy}`;
    case "EROFS":
      return `The data folder ${dataDir} is on a read-only disk. ${remedy}`;
    case "ENOTDIR":
    case "EEXIST":
      return `${dataDir} is not a folder. ${remedy}`;
    case "ENOSPC":
    case "EDQUOT":
      return `The disk of ${dataDir} is full. ${MAKE_SPACE}`;
    default:
      return `The data folder ${dataDir} cannot be used: ${String(error)}. ${remedy}`;
  }
}
