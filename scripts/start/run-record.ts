import { readFileSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { StartFailure } from "./failure.ts";

const processEntry = z.object({
  name: z.string(),
  pid: z.number().int().positive(),
  /** Tells a living process from another that got the same number later. */
  startedAt: z.string(),
});
const runRecord = z.object({
  launcher: processEntry,
  children: z.array(processEntry),
});

type ProcessEntry = z.infer<typeof processEntry>;

/**
 * `run.json` in the data folder: which processes serve this data. Lets a
 * second start refuse while the first runs, and lets a start after a
 * `kill -9` end what was left behind.
 */
export class RunRecord {
  readonly #file: string;
  readonly #children = new Map<string, ProcessEntry>();
  /** One write after the other: services start side by side. */
  #written: Promise<void> = Promise.resolve();

  private constructor(file: string) {
    this.#file = file;
  }

  /**
   * @throws StartFailure while another launcher serves the same data.
   */
  static async take(
    dataDir: string,
    say: (line: string) => void,
  ): Promise<RunRecord> {
    const record = new RunRecord(join(dataDir, "run.json"));
    const earlier = await record.#read();
    if (earlier !== undefined) {
      if (isAlive(earlier.launcher))
        throw new StartFailure(
          `Lung Iris already runs on ${dataDir} (process ${earlier.launcher.pid}). Stop it with Ctrl-C there, or set LUNG_IRIS_DATA to another folder.`,
        );
      await stopLeftOvers(earlier.children, say);
    }
    await record.#write();
    return record;
  }

  async add(name: string, pid: number): Promise<void> {
    this.#children.set(name, entryOf(name, pid));
    this.#written = this.#written.then(() => this.#write());
    await this.#written;
  }

  async release(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  async #read(): Promise<z.infer<typeof runRecord> | undefined> {
    try {
      const text = await readFile(this.#file, "utf8");
      return runRecord.safeParse(JSON.parse(text)).data;
    } catch {
      // Absent, or half-written by a full disk: nothing to go by.
      return undefined;
    }
  }

  async #write(): Promise<void> {
    const text = JSON.stringify({
      launcher: entryOf("launcher", process.pid),
      children: [...this.#children.values()],
    });
    await writeFile(`${this.#file}.part`, text);
    await rename(`${this.#file}.part`, this.#file);
  }
}

function entryOf(name: string, pid: number): ProcessEntry {
  return { name, pid, startedAt: startTime(pid) ?? "" };
}

function isAlive({ pid, startedAt }: ProcessEntry): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return startTime(pid) === startedAt;
}

/**
 * Field 22 of /proc/PID/stat, in clock ticks since boot (proc(5)); where
 * there is no /proc, an empty text: then the number alone decides.
 */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field, the name in brackets, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; nobody needs to wait for it.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return process.platform === "linux" ? undefined : "";
  }
}

async function stopLeftOvers(
  children: ProcessEntry[],
  say: (line: string) => void,
): Promise<void> {
  const alive = children.filter(isAlive);
  if (alive.length === 0) return;
  say(
    `Ending what an earlier run left behind: ${alive.map(({ name, pid }) => `${name} (${pid})`).join(", ")}`,
  );
  for (const entry of alive) signalGroup(entry.pid, "SIGTERM");
  for (let waited = 0; waited < 10_000 && alive.some(isAlive); waited += 100)
    await sleep(100);
  for (const entry of alive.filter(isAlive)) signalGroup(entry.pid, "SIGKILL");
}

/** Children lead process groups of their own; the group takes theirs along. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Ended in the meantime.
  }
}
