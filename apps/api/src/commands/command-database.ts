import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connectionConfig, createDatabase } from "@lung-iris/prisma";
import type { Database } from "@lung-iris/prisma";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import { assertNotNewer, MigrationError } from "@lung-iris/prisma/migrate";
import pg from "pg";
import type { CommandEnvironment } from "../config.ts";

/** Something a user of a command can put right; the message says how. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** The desk's database, for a command beside a running or a stopped desk. */
export interface CommandDatabase {
  database: Database;
  url: string;
  /** Closes it, and stops the server if the command started it. */
  close(): Promise<void>;
}

export interface CommandDatabaseOptions {
  /**
   * Makes an embedded database where there is none yet; the caller migrates,
   * and that refuses a newer one.
   */
  mayCreate: boolean;
  say: (line: string) => void;
}

/**
 * Finds the database as the launcher does: `DATABASE_URL`, else the embedded
 * one of the data folder, which is used as it runs or started for as long as
 * the command needs it.
 *
 * @throws CommandError where there is none, and where a newer version of the
 *   product has used it: its rows may mean something else.
 */
export async function openCommandDatabase(
  env: Pick<CommandEnvironment, "dataFolder" | "databaseUrl">,
  options: CommandDatabaseOptions,
): Promise<CommandDatabase> {
  const desk = await findDatabase(env, options);
  if (options.mayCreate) return desk;
  try {
    await assertNotNewer(desk.url);
    return desk;
  } catch (cause) {
    await desk.close();
    if (!(cause instanceof MigrationError)) throw cause;
    throw new CommandError(cause.message, { cause });
  }
}

async function findDatabase(
  env: Pick<CommandEnvironment, "dataFolder" | "databaseUrl">,
  options: CommandDatabaseOptions,
): Promise<CommandDatabase> {
  if (env.databaseUrl !== null) return connect(env.databaseUrl);
  const running = await runningServer(env.dataFolder);
  if (running !== null) return connect(running);
  const isThere = await exists(join(env.dataFolder, "database", "PG_VERSION"));
  if (!isThere && !options.mayCreate) {
    throw new CommandError(
      `There is no database in ${env.dataFolder}. Start Lung Iris once (npm start), or set LUNG_IRIS_DATA or DATABASE_URL.`,
    );
  }
  options.say("Starting the database for this command");
  const server = await startEmbeddedPostgres({ dataDir: env.dataFolder });
  return connect(server.url, () => server.stop());
}

function connect(
  url: string,
  stop: () => Promise<void> = () => Promise.resolve(),
): CommandDatabase {
  const database = createDatabase(url, { poolSize: 2 });
  return {
    database,
    url,
    async close() {
      await database.close();
      await stop();
    },
  };
}

/** URL of the embedded server when it answers, else null. */
async function runningServer(dataFolder: string): Promise<string | null> {
  const pidFile = await readText(join(dataFolder, "database/postmaster.pid"));
  const password = await readText(
    join(dataFolder, "secrets/postgres-password"),
  );
  // Line 4 of postmaster.pid is the port (PostgreSQL's miscinit.h).
  const port = Number.parseInt(pidFile?.split("\n")[3] ?? "", 10);
  if (password === null || !Number.isInteger(port)) return null;
  const url = `postgresql://postgres:${password.trim()}@127.0.0.1:${String(port)}/lung_iris`;
  const client = new pg.Client({
    ...connectionConfig(url),
    connectionTimeoutMillis: 2_000,
  });
  try {
    await client.connect();
    return url;
  } catch {
    return null; // left over from a kill: the start below cleans up
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return null;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await readText(path)) !== null;
}
