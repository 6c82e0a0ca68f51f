import { readdir, readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedPostgresError } from "./error.ts";
import { isRunning } from "./process-identity.ts";

/** A shutdown in order writes a checkpoint, which takes its time. */
const SHUTDOWN_TIMEOUT_MS = 30_000;
/** Sessions without a server only have to see that it is gone. */
const SESSIONS_TIMEOUT_MS = 5_000;
/** How long a killed process may take to disappear. */
const KILL_TIMEOUT_MS = 10_000;

/**
 * Ends what an earlier run left on `database` (its real path): a server whose
 * launcher was killed, or sessions whose server was killed and that still
 * finish a statement. A new server beside either would destroy the data.
 *
 * @throws EmbeddedPostgresError when they do not end.
 */
export async function stopLeftOverServer(
  database: string,
  log: (line: string) => void,
): Promise<void> {
  const pidFile = join(database, "postmaster.pid");
  const pid = await readFirstNumber(pidFile);
  if (pid !== undefined && (await isPostgresOf(pid, database))) {
    log(
      `Shutting down the database server that an earlier run left behind (process ${pid})`,
    );
    const server = () => Promise.resolve([pid]);
    await endAll(database, server, "SIGINT", SHUTDOWN_TIMEOUT_MS);
  }
  const sessions = () => postgresOf(database);
  await endAll(database, sessions, "SIGTERM", SESSIONS_TIMEOUT_MS);
  // PostgreSQL replaces the file of a dead server itself, after a check of
  // its own; only a living stranger with the old number would stop it.
  if (pid !== undefined && isRunning(pid)) await rm(pidFile, { force: true });
}

/**
 * Asks, then kills: a process that was stopped (SIGSTOP) hears nothing else.
 * Killing is safe once no new server was started: recovery follows anyway.
 */
async function endAll(
  database: string,
  candidates: () => Promise<number[]>,
  how: NodeJS.Signals,
  patienceMs: number,
): Promise<void> {
  for (const pid of await candidates()) signal(pid, how);
  const killAt = Date.now() + patienceMs;
  const deadline = killAt + KILL_TIMEOUT_MS;
  for (;;) {
    const alive: number[] = [];
    for (const pid of await candidates())
      if (await isPostgresOf(pid, database)) alive.push(pid);
    if (alive.length === 0) return;
    if (Date.now() > killAt) for (const pid of alive) signal(pid, "SIGKILL");
    if (Date.now() > deadline)
      throw new EmbeddedPostgresError(
        `The database server of an earlier run does not end. End it by hand (kill -QUIT ${alive.join(" ")}) and start again.`,
      );
    await sleep(50);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EPERM")
      throw new EmbeddedPostgresError(
        `A database server of an earlier run (process ${pid}) belongs to another user. End it as that user (kill -INT ${pid}) and start again.`,
        { cause: error },
      );
    // Ended in the meantime.
  }
}

async function readFirstNumber(file: string): Promise<number | undefined> {
  try {
    const [line = ""] = (await readFile(file, "utf8")).split("\n");
    const pid = Number.parseInt(line, 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Every process of a server on `database`; none where there is no /proc. */
async function postgresOf(database: string): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  const found: number[] = [];
  for (const name of names.filter((name) => /^\d+$/.test(name)))
    if (await isPostgresOf(Number(name), database)) found.push(Number(name));
  return found;
}

/** Whether `pid` lives and works on `database`; a reused number is somebody else. */
async function isPostgresOf(pid: number, database: string): Promise<boolean> {
  // No /proc (macOS): the living number in postmaster.pid is believed.
  if (process.platform !== "linux") return isRunning(pid);
  try {
    // Servers and sessions alike live in their data folder.
    if ((await readlink(`/proc/${pid}/cwd`)) !== database) return false;
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).includes(
      "postgres",
    );
  } catch {
    return false; // ended, or of a user whose database this cannot be
  }
}
