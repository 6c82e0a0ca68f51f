import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  initialise,
  isInitialised,
  locateCluster,
  SUPERUSER,
} from "./cluster.ts";
import { EmbeddedPostgresError, fileProblem } from "./error.ts";
import { stopLeftOverServer } from "./left-over.ts";
import { assertPortFree, freePort } from "./port.ts";
import { LockHeldError, type ProcessLock, takeLock } from "./process-lock.ts";
import { readOrMakeSecret } from "./secret.ts";
import { answers, launch, waitUntilReady } from "./server-process.ts";

const PASSWORD_BYTES = 24;

export interface EmbeddedPostgres {
  /** Connection URL of the database "lung_iris" (made by the first migration). */
  url: string;
  port: number;
  pid: number;
  /** Resolves when the server ended, by `stop` or by itself. */
  exited: Promise<number | null>;
  /** Ends sessions and shuts down in order ("fast" shutdown). */
  stop(): Promise<void>;
  /** Ends a server that hangs, at once; what was committed is recovered. */
  kill(): void;
  /** Whether it answers a connection in time; a refusal is an answer too. */
  answers(timeoutMs: number): Promise<boolean>;
  /** Why a server that ended by itself did so. */
  explainEnd(): EmbeddedPostgresError;
}

export interface EmbeddedPostgresOptions {
  /** Folder of the product's data; the database lies in `database` below it. */
  dataDir: string;
  /** A free one where absent. */
  port?: number | undefined;
  /** Progress and the server's own lines. */
  log?: (line: string) => void;
  /** Gives the start up; nothing stays behind. */
  signal?: AbortSignal | undefined;
  /** For a database that nobody keeps: quicker, and lost with the machine. */
  isThrowAway?: boolean;
}

/**
 * Starts the PostgreSQL that npm brought, as the current user or, for root,
 * as an ordinary one. A server left over from a killed run on the same data
 * is shut down first; its committed data survives by its own recovery. A
 * server whose starter still runs is never touched.
 *
 * @throws EmbeddedPostgresError saying what is wrong and what to do; the
 *   signal's reason when it was aborted.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const lock = await lockDatabase(dataDir);
  try {
    const server = await start({ ...options, dataDir });
    const exited = server.exited.finally(() => lock.release());
    return {
      ...server,
      exited,
      stop: async () => {
        await server.stop();
        await exited;
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function lockDatabase(dataDir: string): Promise<ProcessLock> {
  try {
    await mkdir(dataDir, { recursive: true });
    return await takeLock(join(dataDir, "database.lock"));
  } catch (error) {
    if (error instanceof LockHeldError)
      throw new EmbeddedPostgresError(
        `The database in ${dataDir} is in use by process ${error.pid}. Wait until it has ended, or stop it, and try again.`,
        { cause: error },
      );
    throw fileProblem(error, dataDir) ?? error;
  }
}

async function start({
  dataDir,
  signal,
  log = () => undefined,
  ...options
}: EmbeddedPostgresOptions) {
  const cluster = await locateCluster(dataDir, log);
  const password = await readPassword(dataDir);
  if (!isInitialised(cluster)) {
    log("Creating the database cluster");
    await initialise(cluster, password, signal);
  } else {
    await stopLeftOverServer(cluster.database, log);
  }
  const port = options.port ?? (await freePort());
  await assertPortFree(port);
  signal?.throwIfAborted();
  const server = await launch(cluster, port, log, options.isThrowAway);
  const url = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/lung_iris`;
  try {
    await waitUntilReady(url, server, signal);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url,
    port,
    ...server,
    answers: (timeoutMs: number) => answers(url, timeoutMs),
  };
}

async function readPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, "secrets", "postgres-password");
  const isLost =
    !existsSync(file) && existsSync(join(dataDir, "database", "PG_VERSION"));
  if (isLost)
    throw new EmbeddedPostgresError(
      `${file} is missing, without which the database in ${dataDir} cannot be opened. Put it back from a copy of the data folder.`,
    );
  try {
    return await readOrMakeSecret(file, PASSWORD_BYTES);
  } catch (error) {
    throw fileProblem(error, dataDir) ?? error;
  }
}
