import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { endOf } from "./signal-group.ts";
import type { Service } from "./supervise.ts";

/** How many progress lines a first start prints at most. */
const PROGRESS_LINES = 4;

export interface SeedOptions {
  say: (line: string) => void;
  /** Told the process group of the seeding. */
  onSpawn: (pid: number) => void;
  /** Gives the seeding up; resolved only once its process has ended. */
  signal: AbortSignal;
}

/**
 * Fills an empty desk with the demo's patients; returns at once when they
 * are there. A failure leaves a usable desk without (all) demo patients, so
 * it is said, not thrown; the next start goes on where this one stopped.
 */
export async function seedDemo(
  program: Service,
  { say, onSpawn, signal }: SeedOptions,
): Promise<void> {
  const child = spawn(program.command, program.args, {
    cwd: program.cwd,
    env: program.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  if (child.pid !== undefined) onSpawn(child.pid);
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [, done = 0, total = 0] = (/(\d+)\/(\d+)$/.exec(line) ?? []).map(
      Number,
    );
    const step = Math.ceil(total / PROGRESS_LINES);
    if (total > 0 && (done % step === 0 || done === total))
      say(`Demo films ${done} of ${total}`);
  });
  const code = await endOf(child, signal, "SIGTERM");
  signal.throwIfAborted();
  if (code !== 0)
    say(
      `The demo patients are not complete; the next start goes on.\n${complaint.trim()}`,
    );
}
