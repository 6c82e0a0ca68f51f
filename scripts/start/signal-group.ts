import type { ChildProcess } from "node:child_process";

/** After this a child that was asked to end is killed. */
const PATIENCE_MS = 15_000;

/** Children lead process groups of their own; the group takes theirs along. */
export function signalGroup(
  pid: number | undefined,
  signal: NodeJS.Signals,
): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Ended in the meantime.
  }
}

/**
 * Waits for the end of a child that leads its group, and asks it to end when
 * `abort` fires. Returns its exit code, null for a signal.
 *
 * @throws Error when the child could not be started.
 */
export async function endOf(
  child: ChildProcess,
  abort: AbortSignal | undefined,
  how: NodeJS.Signals,
): Promise<number | null> {
  let killer: NodeJS.Timeout | undefined;
  const stop = () => {
    signalGroup(child.pid, how);
    killer = setTimeout(() => signalGroup(child.pid, "SIGKILL"), PATIENCE_MS);
  };
  abort?.addEventListener("abort", stop, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
  } finally {
    abort?.removeEventListener("abort", stop);
    clearTimeout(killer);
  }
}
