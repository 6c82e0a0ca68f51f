import { spawn } from "node:child_process";
import { StartFailure } from "./failure.ts";
import type { SeedOptions } from "./seed.ts";
import { endOf } from "./signal-group.ts";
import type { Service } from "./supervise.ts";

/**
 * Deactivates the users that a demo left in the data folder, and says so: a
 * password that is printed in the README opens nothing without demo mode.
 *
 * @throws StartFailure when it cannot be done; such a desk does not start.
 */
export async function closeDemo(
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
  let output = "";
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await endOf(child, signal, "SIGTERM");
  signal.throwIfAborted();
  if (code !== 0) throw new StartFailure(complaint.trim());
  const closed = output.split("\n").filter((line) => line !== "");
  if (closed.length > 0)
    say(
      `Demo mode is off: ${String(closed.length)} demo accounts of this data folder were deactivated (${closed.join(", ")})`,
    );
}
