import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  chmod,
  chown,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { copyBinaries, findBinaries } from "./binaries.ts";
import { EmbeddedPostgresError } from "./error.ts";
import { stopLeftOverServer } from "./left-over.ts";
import { canReach, type Owner, serverOwner } from "./owner.ts";

/** Where root keeps server and database when the checkout is out of the server user's reach. */
const SYSTEM_HOME = "/var/lib/lung-iris";
const START_TIMEOUT_MS = 60_000;
const SUPERUSER = "postgres";

const SERVER_SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  // TCP on loopback with a password only; no socket file to clean up.
  unix_socket_directories: "",
  max_connections: "120",
  shared_buffers: "256MB",
  work_mem: "16MB",
  // Pages come from the page cache or an SSD; the default of 4 shuns indexes.
  random_page_cost: "1.1",
  // Compiling short worklist queries costs more than running them.
  jit: "off",
};

export interface EmbeddedPostgres {
  /** Connection URL of the database "lung_iris" (made by the first migration). */
  url: string;
  port: number;
  pid: number;
  /** Resolves when the server ended, by `stop` or by itself. */
  exited: Promise<number | null>;
  /** Ends sessions and shuts down in order ("fast" shutdown). */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Folder of the product's data; the database lies in `database` below it. */
  dataDir: string;
  /** A free one where absent. */
  port?: number | undefined;
  /** Progress and the server's own lines. */
  log?: (line: string) => void;
}

/**
 * Starts the PostgreSQL that npm brought, as the current user or, for root,
 * as an ordinary one. A server left over from a killed run on the same data
 * is shut down first; its committed data survives by its own recovery.
 *
 * @throws EmbeddedPostgresError saying what is wrong and what to do.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const owner = serverOwner();
  const place = await prepareFolders(resolve(options.dataDir), owner, log);
  const password = await readPassword(place.secrets);
  if (!existsSync(join(place.database, "PG_VERSION"))) {
    log("Creating the database cluster");
    await initialise(place, owner, password);
  } else {
    await stopLeftOverServer(place.database, log);
  }
  const port = options.port ?? (await freePort());
  await assertPortFree(port);
  const server = launch(place, owner, port, log);
  const url = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/lung_iris`;
  await waitUntilReady(url, server, port);
  return { url, port, ...server };
}

interface Place {
  native: string;
  database: string;
  secrets: string;
}

/** Makes the folders and moves them within the server user's reach if needed. */
async function prepareFolders(
  dataDir: string,
  owner: Owner | undefined,
  log: (line: string) => void,
): Promise<Place> {
  const secrets = join(dataDir, "secrets");
  // Two steps: a recursive mkdir would give its mode to the parent as well,
  // which the server's user must be able to walk through.
  await mkdir(dataDir, { recursive: true });
  await mkdir(secrets, { recursive: true, mode: 0o700 });
  let native = await findBinaries();
  let database = join(dataDir, "database");
  if (owner !== undefined) {
    if (!canReach(native, owner))
      native = await copyBinaries(native, SYSTEM_HOME);
    if (existsSync(database)) {
      // May be a link to the place that an earlier start had to choose.
      database = await realpath(database);
    } else if (!canReach(dataDir, owner)) {
      const key = createHash("sha256")
        .update(dataDir)
        .digest("hex")
        .slice(0, 12);
      const home = join(SYSTEM_HOME, key, "database");
      log(
        `${dataDir} is closed to user ${owner.name}: the database lies in ${home}`,
      );
      await mkdir(home, { recursive: true, mode: 0o755 });
      await symlink(home, database);
      database = home;
    }
  }
  await mkdir(database, { recursive: true });
  if (owner !== undefined) await chown(database, owner.uid, owner.gid);
  await chmod(database, 0o700);
  return { native, database, secrets };
}

async function readPassword(secrets: string): Promise<string> {
  const file = join(secrets, "postgres-password");
  if (!existsSync(file))
    await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return (await readFile(file, "utf8")).trim();
}

/** Creates the cluster beside its place and moves it there whole, so that a kill half-way leaves nothing that looks finished. */
async function initialise(
  { native, database }: Place,
  owner: Owner | undefined,
  password: string,
): Promise<void> {
  const part = `${database}.part`;
  // initdb reads the password as the server's user, who may not enter
  // `secrets`: a file of its own, gone right after.
  const passwordFile = `${database}.initdb`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner !== undefined) {
    await chown(part, owner.uid, owner.gid);
    await chown(passwordFile, owner.uid, owner.gid);
  }
  try {
    await runInitdb(native, part, passwordFile, owner);
    await rmdir(database);
    await rename(part, database);
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      `${database} is not a database and not empty. Move it away and start again.`,
      { cause: error },
    );
  } finally {
    await rm(passwordFile, { force: true });
    await rm(part, { recursive: true, force: true });
  }
}

async function runInitdb(
  native: string,
  folder: string,
  passwordFile: string,
  owner: Owner | undefined,
): Promise<void> {
  const child = spawn(
    join(native, "bin", "initdb"),
    [
      `--pgdata=${folder}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
    ],
    { stdio: ["ignore", "ignore", "pipe"], ...identity(owner) },
  );
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await exitOf(child);
  if (code !== 0)
    throw new EmbeddedPostgresError(
      `The database could not be created in ${folder}: ${complaint.trim() || `initdb ended with ${code}`}`,
    );
}

function launch(
  { native, database }: Place,
  owner: Owner | undefined,
  port: number,
  log: (line: string) => void,
): Omit<EmbeddedPostgres, "url" | "port"> {
  const settings = Object.entries({ ...SERVER_SETTINGS, port: String(port) });
  const child = spawn(
    join(native, "bin", "postgres"),
    [
      "-D",
      database,
      ...settings.flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    ],
    // Its own process group: Ctrl-C in the terminal reaches only the launcher,
    // which stops the server last.
    { stdio: ["ignore", "ignore", "pipe"], detached: true, ...identity(owner) },
  );
  child.stderr.on("data", (chunk: Buffer) => {
    for (const line of chunk.toString().split("\n")) if (line.trim()) log(line);
  });
  const exited = exitOf(child);
  return {
    pid: child.pid ?? 0,
    exited,
    async stop() {
      if (child.exitCode === null) child.kill("SIGINT");
      await exited;
    },
  };
}

function identity(owner: Owner | undefined): { uid?: number; gid?: number } {
  return owner === undefined ? {} : { uid: owner.uid, gid: owner.gid };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(
        new EmbeddedPostgresError(
          `PostgreSQL could not be started: ${error.message}`,
          { cause: error },
        ),
      ),
    );
    child.once("close", (code) => resolve(code));
  });
}

async function waitUntilReady(
  url: string,
  server: Pick<EmbeddedPostgres, "exited">,
  port: number,
): Promise<void> {
  let ended: { code: number | null } | undefined;
  void server.exited.then((code) => (ended = { code }));
  const admin = new URL(url);
  admin.pathname = "/postgres";
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (ended !== undefined) {
      throw new EmbeddedPostgresError(
        `PostgreSQL ended at once with code ${ended.code}; its own lines above say why (port ${port}).`,
      );
    }
    const client = new pg.Client({ connectionString: admin.href });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw new EmbeddedPostgresError(
          `PostgreSQL did not answer on port ${port} within ${START_TIMEOUT_MS / 1000} s.`,
          { cause: error },
        );
      }
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        resolve(typeof address === "object" && address ? address.port : 0),
      );
    });
  });
}

function assertPortFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new EmbeddedPostgresError(
          error.code === "EADDRINUSE"
            ? `Port ${port} for the database is in use. Set LUNG_IRIS_DB_PORT to another, or leave it unset for a free one.`
            : `Port ${port} for the database cannot be used: ${error.message}`,
          { cause: error },
        ),
      ),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
