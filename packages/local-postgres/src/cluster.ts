import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import {
  chmod,
  chown,
  mkdir,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyBinaries, findBinaries } from "./binaries.ts";
import { EmbeddedPostgresError, fileProblem } from "./error.ts";
import { canReach, identityFor, type Owner, serverOwner } from "./owner.ts";

/** Where root keeps server and database when the checkout is out of the server user's reach. */
const SYSTEM_HOME = "/var/lib/lung-iris";

export const SUPERUSER = "postgres";

/** A server's programs, its database folder, and who runs it. */
export interface Cluster {
  /** Folder with bin/, lib/ and share/. */
  native: string;
  /** The real path, without links. */
  database: string;
  /** Undefined: whoever we are. */
  owner: Owner | undefined;
}

/**
 * Finds the server and its database folder, made and within the server
 * user's reach.
 *
 * @throws EmbeddedPostgresError saying what is wrong and what to do.
 */
export async function locateCluster(
  dataDir: string,
  log: (line: string) => void,
): Promise<Cluster> {
  try {
    return await prepareFolders(dataDir, log);
  } catch (error) {
    throw fileProblem(error, join(dataDir, "database")) ?? error;
  }
}

/** Whether the cluster was created; a creation that broke off does not count. */
export function isInitialised({ database }: Cluster): boolean {
  return existsSync(join(database, "PG_VERSION"));
}

async function prepareFolders(
  dataDir: string,
  log: (line: string) => void,
): Promise<Cluster> {
  let owner = serverOwner();
  let native = await findBinaries();
  let database = join(dataDir, "database");
  if (owner === undefined) {
    await mkdir(database, { recursive: true });
    database = await realpath(database);
    await chmod(database, 0o700);
    return { native, database, owner };
  }
  if (existsSync(database)) {
    // May be a link to the place that an earlier start had to choose, and
    // made by an ordinary user, who then goes on running the server.
    database = await realpath(database);
    owner = await ownerOf(database, owner);
  } else if (
    !canReach(dataDir, owner) &&
    !(await letOwnerThrough(dataDir, owner))
  ) {
    const home = systemHome(dataDir);
    log(
      `${dataDir} is closed to user ${owner.name}: the database lies in ${home}`,
    );
    await mkdir(home, { recursive: true, mode: 0o755 });
    await symlink(home, database);
    database = home;
  }
  if (!canReach(native, owner))
    native = await copyBinaries(native, SYSTEM_HOME);
  await mkdir(database, { recursive: true });
  await chown(database, owner.uid, owner.gid);
  await chmod(database, 0o700);
  return { native, database: await realpath(database), owner };
}

/**
 * Lets the server's group walk through (not list) a folder that is root's
 * alone and itself the only obstacle, so that the database can lie with the
 * rest of its data, and goes with it when the folder is removed.
 */
async function letOwnerThrough(folder: string, owner: Owner): Promise<boolean> {
  const { uid, mode } = await stat(folder);
  const isClosedToGroups = (mode & 0o070) === 0;
  if (uid !== 0 || !isClosedToGroups || !canReach(dirname(folder), owner))
    return false;
  await chown(folder, uid, owner.gid);
  await chmod(folder, (mode & 0o7777) | 0o010);
  return true;
}

function systemHome(dataDir: string): string {
  const key = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  return join(SYSTEM_HOME, key, "database");
}

async function ownerOf(database: string, otherwise: Owner): Promise<Owner> {
  const { uid, gid } = await stat(database);
  return uid === 0 ? otherwise : { uid, gid, name: String(uid) };
}

/** Creates the cluster beside its place and moves it there whole, so that a kill half-way leaves nothing that looks finished. */
export async function initialise(
  cluster: Cluster,
  password: string,
  signal?: AbortSignal,
): Promise<void> {
  const { database, owner } = cluster;
  const part = `${database}.part`;
  // initdb reads the password as the server's user, who may not enter
  // `secrets`: a file of its own, gone right after.
  const passwordFile = `${database}.initdb`;
  try {
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (owner !== undefined) {
      await chown(part, owner.uid, owner.gid);
      await chown(passwordFile, owner.uid, owner.gid);
    }
    await runInitdb(cluster, part, passwordFile, signal);
    await rmdir(database);
    await rename(part, database);
  } catch (error) {
    throw fileProblem(error, database) ?? error;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(part, { recursive: true, force: true });
  }
}

async function runInitdb(
  { native, owner }: Cluster,
  folder: string,
  passwordFile: string,
  signal?: AbortSignal,
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
    {
      // Its own group: whether a Ctrl-C ends it is the launcher's decision.
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
      ...identityFor(owner),
      ...(signal ? { signal } : {}),
    },
  );
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    // An abort is an error too; the process itself may still run then.
    let failure: Error | undefined;
    child.once("error", (error) => {
      failure = error;
      if (child.pid === undefined) reject(error);
    });
    child.once("close", (status) =>
      failure ? reject(failure) : resolve(status),
    );
  });
  if (code === 0) return;
  throw (
    fileProblem(complaint, folder) ??
    new EmbeddedPostgresError(
      `The database could not be created in ${folder}: ${complaint.trim() || `initdb ended with ${code}`}`,
    )
  );
}
