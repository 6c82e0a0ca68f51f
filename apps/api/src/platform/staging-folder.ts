import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { identityOf, isAlive } from "@lung-iris/local-postgres";

/**
 * Files on their way of a machine whose processes cannot be asked: older than
 * this by the clock of the disk that holds them, nobody writes them any more.
 */
const STALE_MS = 6 * 60 * 60 * 1000;

/** "machine~pid~start~…": no part holds the separator. */
const SEPARATOR = "~";

function machine(): string {
  return hostname().replaceAll(/[^A-Za-z0-9.-]/g, "_");
}

/**
 * A folder below `parent` for the files on their way of this process alone,
 * named after it, so that what a killed one left can be told from what a
 * living one still writes. Removes the former.
 */
export async function openStagingFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await sweepStaging(parent);
  const { pid, startedAt } = identityOf(process.pid);
  const name = [machine(), pid, startedAt, randomUUID()].join(SEPARATOR);
  const folder = join(parent, name);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/**
 * Removes what processes left that are gone: at once where they ran on this
 * machine, after hours where on another. Returns how many entries.
 */
export async function sweepStaging(
  parent: string,
  staleMs = STALE_MS,
): Promise<number> {
  const names = await readdir(parent).catch(() => []);
  const now = await diskTime(parent);
  let removed = 0;
  for (const name of names) {
    const path = join(parent, name);
    if (!(await isLeft(path, name, now, staleMs))) continue;
    await rm(path, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}

async function isLeft(
  path: string,
  name: string,
  now: number,
  staleMs: number,
): Promise<boolean> {
  const [host, pid, startedAt = ""] = name.split(SEPARATOR);
  if (host === machine() && pid !== undefined)
    return !isAlive({ pid: Number(pid), startedAt });
  const isOurs = name.includes(SEPARATOR) || name.endsWith(".part");
  return isOurs && now - (await newestIn(path)) > staleMs;
}

/** The last change of a file, or of the newest one in a folder. */
async function newestIn(path: string): Promise<number> {
  const names = await readdir(path).catch(() => []);
  const paths = [path, ...names.map((name) => join(path, name))];
  const times = await Promise.all(
    paths.map(async (each) => (await stat(each).catch(() => null))?.mtimeMs),
  );
  return Math.max(...times.map((time) => time ?? 0));
}

/** The disk's own clock: what it says of a file written just now. */
async function diskTime(folder: string): Promise<number> {
  const probe = join(folder, `.time-${randomUUID()}`);
  try {
    await writeFile(probe, "");
    return (await stat(probe)).mtimeMs;
  } catch {
    return 0; // full or closed: then nothing is old
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}
