import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { EmbeddedPostgresError } from "./error.ts";

/** The operating-system user that runs the server. */
export interface Owner {
  uid: number;
  gid: number;
  name: string;
}

/** Users that may run the server when the product itself runs as root. */
const SUBSTITUTES = ["postgres", "nobody"];

/**
 * PostgreSQL refuses to run as root, so root hands it to another user;
 * undefined means "as whoever we are".
 *
 * @throws EmbeddedPostgresError for a uid without an account (initdb needs one).
 */
export function serverOwner(): Owner | undefined {
  const uid = process.getuid?.();
  if (uid === undefined) return undefined;
  const accounts = readAccounts();
  if (uid !== 0) {
    if (accounts.some((account) => account.uid === uid)) return undefined;
    throw new EmbeddedPostgresError(
      `User id ${uid} has no account on this machine, which PostgreSQL needs. ` +
        "Run as a user that has one, or set DATABASE_URL to a server of your own.",
    );
  }
  for (const name of SUBSTITUTES) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account) return account;
  }
  throw new EmbeddedPostgresError(
    "PostgreSQL does not run as root and this machine has neither a postgres nor a nobody user. " +
      "Start as an ordinary user, or set DATABASE_URL to a server of your own.",
  );
}

/** The part of spawn's options that makes a program run as `owner`. */
export function identityFor(owner: Owner | undefined): {
  uid?: number;
  gid?: number;
} {
  return owner === undefined ? {} : { uid: owner.uid, gid: owner.gid };
}

/** Accounts of /etc/passwd; directory services are not asked on purpose. */
function readAccounts(): Owner[] {
  let text: string;
  try {
    text = readFileSync("/etc/passwd", "utf8");
  } catch {
    // No such file (macOS keeps accounts elsewhere): trust the current user.
    const uid = process.getuid?.() ?? 0;
    return uid === 0 ? [] : [{ uid, gid: uid, name: String(uid) }];
  }
  return text
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4)
    .map(([name = "", , uid, gid]) => ({
      name,
      uid: Number(uid),
      gid: Number(gid),
    }));
}

/** Whether `owner` can walk down to `path`: every parent's x bit, as the kernel checks it. */
export function canReach(path: string, owner: Owner | undefined): boolean {
  if (owner === undefined) {
    try {
      accessSync(path, constants.R_OK);
      return true;
    } catch {
      return false;
    }
  }
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const shift = uid === owner.uid ? 6 : gid === owner.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
