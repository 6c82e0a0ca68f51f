import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import type { Role } from "@lung-iris/prisma";
import { migrateDeploy } from "@lung-iris/prisma/migrate";
import { systemViewer } from "../access/viewer.ts";
import { AuditLog } from "../audit/audit-log.ts";
import type { CommandEnvironment } from "../config.ts";
import { passwordPolicy } from "../features/passwords/password-policy.ts";
import { SessionService } from "../features/auth/session.service.ts";
import { SiteService } from "../features/sites/site.service.ts";
import { UserService } from "../features/users/user.service.ts";
import { readDatabaseClock } from "../platform/database-clock.ts";
import { newRequestId } from "../platform/ids.ts";
import { CommandError, openCommandDatabase } from "./command-database.ts";
import type { CommandDatabase } from "./command-database.ts";

export const USER_ADD_USAGE = `Usage: npm run user:add -- --email ADDRESS --name NAME [--role ROLE] [--site CODE] [--site-name NAME] [--locale en|vi] [--own]

Adds somebody who may sign in. ROLE is ADMIN (the default), STAFF, RADIOLOGIST
or AUDITOR. Whoever it is chooses another password at the first sign-in, since
two people know this one; --own says that the person at the keyboard is the
user, or a program, and the password stays. The site (default MAIN) is made where there is none with the code.
The password is asked for; LUNG_IRIS_PASSWORD or standard input give it to
scripts.
`;

const ROLES: readonly Role[] = ["ADMIN", "STAFF", "RADIOLOGIST", "AUDITOR"];

export interface UserAddIo {
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
  input: NodeJS.ReadStream;
}

/** Runs the command; returns its exit code. */
export async function userAdd(
  args: readonly string[],
  env: CommandEnvironment,
  io: UserAddIo,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      email: { type: "string" },
      name: { type: "string" },
      role: { type: "string", default: "ADMIN" },
      site: { type: "string", default: "MAIN" },
      "site-name": { type: "string" },
      locale: { type: "string", default: "en" },
      own: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    io.out.write(USER_ADD_USAGE);
    return 0;
  }
  const { email, name, site } = values;
  if (email === undefined || name === undefined)
    throw new CommandError(`--email and --name are needed.\n${USER_ADD_USAGE}`);
  const role = readRole(values.role);
  const password = env.password ?? (await askPassword(io));
  const say = (line: string): void => void io.err.write(`${line}\n`);
  const desk = await openCommandDatabase(env, { mayCreate: true, say });
  try {
    await migrateDeploy(desk.url);
    const user = await addUser(desk, {
      email,
      name,
      role,
      password,
      locale: values.locale,
      isOwnPassword: values.own,
      site: { code: site, name: values["site-name"] ?? site },
    });
    io.out.write(`${user.name} <${user.email}> may sign in as ${role}.\n`);
    return 0;
  } finally {
    await desk.close();
  }
}

interface NewUser {
  email: string;
  name: string;
  role: Role;
  password: string;
  locale: string;
  isOwnPassword: boolean;
  site: { code: string; name: string };
}

async function addUser({ database }: CommandDatabase, user: NewUser) {
  const { client } = database;
  const clock = await readDatabaseClock(client);
  const audit = new AuditLog(client, clock);
  const sessions = new SessionService(client, clock, {
    isDemo: false,
    signatureProofSeconds: 0,
  });
  const users = new UserService({
    client,
    clock,
    audit,
    sessions,
    passwords: passwordPolicy,
    forgetAttempts: () => Promise.resolve(),
  });
  // Whoever has a shell on this machine and the database's secret is trusted.
  const viewer = systemViewer("user:add", newRequestId());
  const sites = new SiteService(client, audit, clock);
  const { id } = await sites.ensure(viewer, user.site.code, user.site.name);
  return users.create(viewer, { ...user, siteIds: [id] });
}

function readRole(text: string): Role {
  const role = ROLES.find((known) => known === text.toUpperCase());
  if (role !== undefined) return role;
  throw new CommandError(`--role must be one of ${ROLES.join(", ")}.`);
}

/** Reads a line; on a terminal without showing it. */
async function askPassword({ input, err }: UserAddIo): Promise<string> {
  if (!input.isTTY) {
    const lines = createInterface({ input });
    for await (const line of lines) return line;
    throw new CommandError("No password came on standard input.");
  }
  err.write("Password (12 characters or more, not shown): ");
  input.setRawMode(true);
  let password = "";
  try {
    for await (const chunk of input) {
      for (const key of String(chunk)) {
        if (key === "\r" || key === "\n") return password;
        if (key === "\u0003") throw new CommandError("Stopped.");
        password = key === "\u007f" ? password.slice(0, -1) : password + key;
      }
    }
    return password;
  } finally {
    input.setRawMode(false);
    input.pause();
    err.write("\n");
  }
}
