import { readFileSync } from "node:fs";
import { z } from "zod";

/** A process that cannot be mistaken for a later one with its number. */
export const processIdentity = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks since boot; empty where the system does not say. */
  startedAt: z.string(),
});

export type ProcessIdentity = z.infer<typeof processIdentity>;

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startedAt: startTime(pid) ?? "" };
}

/** Whether exactly this process still runs. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  return isRunning(pid) && startTime(pid) === startedAt;
}

/** Whether any process has this number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
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
