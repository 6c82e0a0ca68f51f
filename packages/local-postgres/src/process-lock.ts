import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  identityOf,
  isAlive,
  processIdentity,
  type ProcessIdentity,
} from "./process-identity.ts";

/** The lock belongs to a process that runs. */
export class LockHeldError extends Error {
  override readonly name = "LockHeldError";

  constructor(
    file: string,
    /** Who holds it. */
    readonly pid: number,
  ) {
    super(`${file} is held by process ${pid}`);
  }
}

export interface ProcessLock {
  release(): Promise<void>;
}

/** A holder, and which of its locks this is. */
const lockContent = processIdentity.extend({ id: z.string() });

/** Longer than somebody needs to put back a lock that they moved by mistake. */
const SETTLE_MS = 50;

/**
 * A lock that a `kill -9` cannot leave behind for good: the file names its
 * process, and counts for nothing once that process has ended. Of several
 * processes that take it at once, one gets it.
 *
 * @throws LockHeldError while its holder runs; what the file system says when
 *   the folder cannot be written.
 */
export async function takeLock(file: string): Promise<ProcessLock> {
  const id = randomUUID();
  const own = `${file}.${id}`;
  const isOurs = async () => (await readLock(file))?.id === id;
  try {
    await writeFile(own, JSON.stringify({ ...identityOf(process.pid), id }));
    do {
      while (!(await linkUnlessThere(own, file))) await removeStale(file);
      await sleep(SETTLE_MS);
    } while (!(await isOurs()));
  } finally {
    await rm(own, { force: true });
  }
  return {
    async release() {
      if (await isOurs()) await rm(file, { force: true });
    },
  };
}

/** A link is made whole or not at all, and never over another file. */
async function linkUnlessThere(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function removeStale(file: string): Promise<void> {
  refuseLiving(file, await readLock(file));
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  try {
    const moved = await readLock(aside);
    // Somebody took the stale lock between the two steps: it is theirs.
    if (moved !== undefined && isAlive(moved))
      await linkUnlessThere(aside, file);
    refuseLiving(file, moved);
  } finally {
    await rm(aside, { force: true });
  }
}

function refuseLiving(file: string, holder: ProcessIdentity | undefined): void {
  if (holder !== undefined && isAlive(holder))
    throw new LockHeldError(file, holder.pid);
}

async function readLock(
  file: string,
): Promise<z.infer<typeof lockContent> | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(file, "utf8"));
    return lockContent.safeParse(content).data;
  } catch {
    // Gone, or emptied by a power cut: nobody's.
    return undefined;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
