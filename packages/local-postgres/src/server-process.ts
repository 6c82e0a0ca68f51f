import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Cluster } from "./cluster.ts";
import { EmbeddedPostgresError, fileProblem } from "./error.ts";
import { identityFor } from "./owner.ts";
import { portTaken } from "./port.ts";

/** How long a server may stay silent; recovery, which it reports, has no limit. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 60_000;
const QUIT_TIMEOUT_MS = 10_000;
const KEPT_LINES = 20;

/** SQLSTATE of a server that is still starting or recovering. */
const STARTING_UP = "57P03";
const WRONG_PASSWORD = "28P01";

const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  // TCP on loopback with a password only; no socket file to clean up.
  unix_socket_directories: "",
  max_connections: "120",
  // Taken as it is needed; a million studies' lists lie in it.
  shared_buffers: "512MB",
  work_mem: "16MB",
  // Pages come from the page cache or an SSD; the default of 4 shuns indexes.
  random_page_cost: "1.1",
  // Compiling short worklist queries costs more than running them.
  jit: "off",
};

/** Nothing is forced to the disk, so that a crash of the machine loses it all. */
const THROW_AWAY: Record<string, string> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
};

/** A server that was launched; it may not answer yet. */
export interface ServerProcess {
  pid: number;
  /** Resolves when the server ended, by `stop` or by itself. */
  exited: Promise<number | null>;
  /** Ends sessions and shuts down in order; at once after a minute. */
  stop(): Promise<void>;
  /** Ends a server that hangs, at once; what was committed is recovered. */
  kill(): void;
  /** Why it ended, from its own last lines. */
  explainEnd(): EmbeddedPostgresError;
}

/** @throws EmbeddedPostgresError when the program cannot be run. */
export async function launch(
  { native, database, owner }: Cluster,
  port: number,
  log: (line: string) => void,
  isThrowAway = false,
): Promise<ServerProcess> {
  const settings = Object.entries({
    ...SETTINGS,
    ...(isThrowAway ? THROW_AWAY : {}),
    port: String(port),
  });
  const child = spawn(
    join(native, "bin", "postgres"),
    [
      "-D",
      database,
      ...settings.flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    ],
    // Its own process group: Ctrl-C in the terminal reaches only the launcher,
    // which stops the server last.
    {
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
      ...identityFor(owner),
    },
  );
  const lines: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => {
    for (const line of chunk.toString().split("\n")) {
      if (line.trim() === "") continue;
      log(line);
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    }
  });
  const exited = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => resolve(code)),
  );
  const pid = await spawned(child);
  return {
    pid,
    exited,
    stop: () => stopInOrder(child, exited),
    kill: () => void child.kill("SIGKILL"),
    explainEnd: () => explainEnd(lines, database, port),
  };
}

function spawned(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(
        new EmbeddedPostgresError(
          `PostgreSQL could not be started (${error.message}). Run \`npm ci\` again, or set DATABASE_URL to a server of your own.`,
          { cause: error },
        ),
      ),
    );
    child.once("spawn", () => resolve(child.pid ?? 0));
  });
}

async function stopInOrder(
  child: ChildProcess,
  exited: Promise<number | null>,
): Promise<void> {
  child.kill("SIGINT");
  if (await endsWithin(exited, STOP_TIMEOUT_MS)) return;
  // An immediate shutdown: committed data comes back by recovery.
  child.kill("SIGQUIT");
  if (await endsWithin(exited, QUIT_TIMEOUT_MS)) return;
  // Stopped (SIGSTOP) or stuck in the kernel: it hears nothing else.
  child.kill("SIGKILL");
  await exited;
}

async function endsWithin(
  exited: Promise<number | null>,
  patienceMs: number,
): Promise<boolean> {
  const patience = new AbortController();
  const late = sleep(patienceMs, false, { signal: patience.signal });
  const hasEnded = await Promise.race([
    exited.then(() => true),
    late.catch(() => true),
  ]);
  patience.abort();
  return hasEnded;
}

function explainEnd(
  lines: readonly string[],
  database: string,
  port: number,
): EmbeddedPostgresError {
  const text = lines.join("\n");
  if (/could not bind .*Address already in use/.test(text))
    return portTaken(port);
  const known = fileProblem(text, database);
  if (known !== undefined) return known;
  const reason = lines.findLast((line) => /FATAL|PANIC/.test(line));
  return new EmbeddedPostgresError(
    `PostgreSQL ended${reason === undefined ? "" : `: ${reason.replace(/^.*?(FATAL|PANIC): +/, "")}`}. Its own lines are in logs/postgres.log of the data folder.`,
  );
}

/**
 * Waits until the server at `url` takes statements.
 *
 * @throws EmbeddedPostgresError when it ends, does not answer, or has
 *   another password.
 */
export async function waitUntilReady(
  url: string,
  server: ServerProcess,
  signal?: AbortSignal,
): Promise<void> {
  let end: "ended" | undefined;
  void server.exited.then(() => (end = "ended"));
  const admin = new URL(url);
  admin.pathname = "/postgres";
  let deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    signal?.throwIfAborted();
    if (end !== undefined) {
      // Its last lines may still be on their way.
      await sleep(100);
      throw server.explainEnd();
    }
    const problem = await connectOnce(admin.href);
    if (problem === null) return;
    const state = problem instanceof pg.DatabaseError ? problem.code : "";
    if (state === WRONG_PASSWORD)
      throw new EmbeddedPostgresError(
        "The database does not take the password in secrets/postgres-password of the data folder. Put back the file that belongs to this database.",
        { cause: problem },
      );
    if (state === STARTING_UP) deadline = Date.now() + START_TIMEOUT_MS;
    if (Date.now() > deadline)
      throw new EmbeddedPostgresError(
        `PostgreSQL did not answer on port ${admin.port} within ${START_TIMEOUT_MS / 1000} s. Its own lines are in logs/postgres.log of the data folder.`,
        { cause: problem },
      );
    await sleep(50);
  }
}

/** Whether the server says anything at all: a refusal is an answer too. */
export async function answers(
  url: string,
  timeoutMs: number,
): Promise<boolean> {
  const admin = new URL(url);
  admin.pathname = "/postgres"; // there before any migration
  const problem = await connectOnce(admin.href, timeoutMs);
  return problem === null || problem instanceof pg.DatabaseError;
}

async function connectOnce(url: string, timeoutMs = 10_000): Promise<unknown> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  client.on("error", () => undefined); // told by the query
  try {
    await client.connect();
    await client.query("SELECT 1");
    return null;
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
