import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  identityOf,
  isAlive,
  LockHeldError,
  processIdentity,
  type ProcessLock,
  takeLock,
} from "@lung-iris/local-postgres";
import { z } from "zod";
import { StartFailure } from "./failure.ts";
import { signalGroup } from "./signal-group.ts";

const childEntry = processIdentity.extend({ name: z.string() });
const runRecord = z.object({ children: z.array(childEntry) });

type ChildEntry = z.infer<typeof childEntry>;

/** How long what was left behind may take to end in order. */
const STOP_TIMEOUT_MS = 10_000;

/**
 * `run.lock` and `run.json` in the data folder: who serves this data, and
 * with which processes. Lets a second start refuse while the first runs, and
 * lets a start after a `kill -9` end what was left behind.
 */
export class RunRecord {
  readonly #file: string;
  readonly #lock: ProcessLock;
  readonly #children = new Map<string, ChildEntry>();
  /** One write after the other: services start side by side. */
  #written: Promise<void> = Promise.resolve();

  private constructor(file: string, lock: ProcessLock) {
    this.#file = file;
    this.#lock = lock;
  }

  /**
   * @throws StartFailure while another launcher serves the same data.
   */
  static async take(
    dataDir: string,
    say: (line: string) => void,
  ): Promise<RunRecord> {
    const lock = await lockRun(dataDir);
    const record = new RunRecord(join(dataDir, "run.json"), lock);
    await stopLeftOvers(await record.#read(), say);
    await record.#write();
    return record;
  }

  /** Notes a child, which must lead a process group. */
  async add(name: string, pid: number): Promise<void> {
    this.#children.set(name, { name, ...identityOf(pid) });
    this.#written = this.#written.then(() => this.#write());
    await this.#written;
  }

  /** For the end that cannot wait. */
  killAll(): void {
    for (const child of this.#children.values())
      if (isAlive(child)) signalGroup(child.pid, "SIGKILL");
  }

  async release(): Promise<void> {
    await this.#written;
    await rm(this.#file, { force: true });
    await this.#lock.release();
  }

  async #read(): Promise<ChildEntry[]> {
    try {
      const content: unknown = JSON.parse(await readFile(this.#file, "utf8"));
      return runRecord.safeParse(content).data?.children ?? [];
    } catch {
      // Absent, or cut short by a power failure: nothing to go by.
      return [];
    }
  }

  async #write(): Promise<void> {
    const part = `${this.#file}.part`;
    try {
      const children = [...this.#children.values()];
      await writeFile(part, JSON.stringify({ children }));
      await rename(part, this.#file);
    } catch {
      // A full disk: a desk that runs is worth more than the note of it.
      await rm(part, { force: true }).catch(() => undefined);
    }
  }
}

async function lockRun(dataDir: string): Promise<ProcessLock> {
  try {
    return await takeLock(join(dataDir, "run.lock"));
  } catch (error) {
    if (error instanceof LockHeldError)
      throw new StartFailure(
        `Lung Iris already runs on ${dataDir} (process ${error.pid}). Stop it with Ctrl-C there, or set LUNG_IRIS_DATA to another folder.`,
      );
    throw error;
  }
}

async function stopLeftOvers(
  children: ChildEntry[],
  say: (line: string) => void,
): Promise<void> {
  const alive = children.filter(isAlive);
  if (alive.length === 0) return;
  say(
    `Ending what an earlier run left behind: ${alive.map(({ name, pid }) => `${name} (${pid})`).join(", ")}`,
  );
  for (const { pid } of alive) signalGroup(pid, "SIGTERM");
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (Date.now() < deadline && alive.some(isAlive)) await sleep(100);
  for (const { pid } of alive.filter(isAlive)) signalGroup(pid, "SIGKILL");
}
