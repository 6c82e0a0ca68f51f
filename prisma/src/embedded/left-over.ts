import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EmbeddedPostgresError } from "./error.ts";

const SHUTDOWN_TIMEOUT_MS = 30_000;

/**
 * A launcher that was killed leaves its server running, or a postmaster.pid
 * without a server. Shuts the former down in order, removes the latter.
 *
 * @throws EmbeddedPostgresError when the old server does not end.
 */
export async function stopLeftOverServer(
  database: string,
  log: (line: string) => void,
): Promise<void> {
  const pidFile = join(database, "postmaster.pid");
  const pid = await readFirstNumber(pidFile);
  if (pid === undefined) return;
  if (!(await isPostgres(pid, database))) {
    await rm(pidFile, { force: true });
    return;
  }
  log(
    `Shutting down the database server that an earlier run left behind (process ${pid})`,
  );
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + SHUTDOWN_TIMEOUT_MS;
  while (await isPostgres(pid, database)) {
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `The database server of an earlier run (process ${pid}) does not end. End it by hand (kill -INT ${pid}) and start again.`,
      );
    }
    await sleep(50);
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

/** Whether `pid` lives and is a server on `database`; a reused pid is somebody else. */
async function isPostgres(pid: number, database: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  try {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
    return command.includes("postgres") && command.includes(database);
  } catch {
    // No /proc (macOS): the living pid in postmaster.pid is believed.
    return process.platform !== "linux";
  }
}
