import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createDatabase, connectionConfig } from "@lung-iris/prisma";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import pg from "pg";
import { systemViewer } from "../access/viewer.ts";
import { AuditLog } from "../audit/audit-log.ts";
import { CopyReader } from "../backup/copy-reader.ts";
import { restoreBackup } from "../backup/restore-backup.ts";
import type { BackupEnvironment } from "../config.ts";
import { readDatabaseClock } from "../platform/database-clock.ts";
import { newRequestId } from "../platform/ids.ts";
import { openObjectStore } from "../platform/open-object-store.ts";
import { readPassphrase } from "./backup.ts";
import type { CommandIo } from "./backup.ts";
import { CommandError } from "./command-database.ts";

export const RESTORE_USAGE = `Usage: npm run restore -- DIR [--check] [--passphrase-file FILE]

Brings the copy in DIR back into an empty data folder (LUNG_IRIS_DATA) and an
empty database (the embedded one, or DATABASE_URL). Every file is read and
compared with its SHA-256 before anything is written; the audit chain is
verified and rows are counted afterwards. A copy that is damaged or half is
refused. Everybody has to sign in again.
  --check                 only reads the copy and says whether it is whole
  --passphrase-file FILE  the first line of FILE is the passphrase, else
                          LUNG_IRIS_BACKUP_PASSPHRASE
`;

/** Runs the command; returns its exit code. */
export async function restore(
  args: readonly string[],
  env: BackupEnvironment,
  { out, err }: CommandIo,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      check: { type: "boolean" },
      "passphrase-file": { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    out.write(RESTORE_USAGE);
    return 0;
  }
  const [source] = positionals;
  if (source === undefined || positionals.length > 1)
    throw new CommandError(`One folder is needed.\n${RESTORE_USAGE}`);
  const passphrase = await readPassphrase(values["passphrase-file"], env);
  const reader = await CopyReader.open(resolve(source), passphrase);
  const { createdAt } = reader.summary;
  if (values.check === true) {
    await reader.check(() => undefined);
    out.write(
      `The copy of ${createdAt} is whole: ${String(reader.files.length)} files.\n`,
    );
    return 0;
  }
  const say = (line: string): void => void err.write(`${line}\n`);
  const result = await restoreBackup(reader, {
    dataFolder: env.dataFolder,
    openDatabase: (folder) => openEmptyDatabase(env, folder, reader),
    openObjectStore: (folder) => openStore(env, folder),
    say,
  });
  out.write(
    `The copy of ${createdAt} is back in ${env.dataFolder}: ${result.rows.toLocaleString("en")} rows and ${String(result.objects)} films and exports, as many as were copied. The audit chain holds: ${result.events.toLocaleString("en")} events, its end is ${reader.summary.head.seq}:${reader.summary.head.hash}\n`,
  );
  return 0;
}

function openStore(env: BackupEnvironment, folder: string) {
  return openObjectStore(
    env.objectStore.kind === "folder"
      ? { kind: "folder", folder: join(folder, "objects") }
      : env.objectStore,
    join(folder, "staging"),
  );
}

/** The database to fill; when it is full, the restore is noted in its trail. */
async function openEmptyDatabase(
  env: BackupEnvironment,
  folder: string,
  reader: CopyReader,
): Promise<{ url: string; close(isFilled: boolean): Promise<void> }> {
  const server =
    env.databaseUrl === null
      ? await startEmbeddedPostgres({ dataDir: folder })
      : null;
  const url = server?.url ?? env.migrateUrl ?? env.databaseUrl ?? "";
  if (server !== null) await createDatabaseOf(url);
  return {
    url,
    async close(isFilled) {
      if (isFilled) await recordRestore(url, reader);
      await server?.stop();
    },
  };
}

async function createDatabaseOf(url: string): Promise<void> {
  const admin = new URL(url);
  const name = admin.pathname.slice(1);
  admin.pathname = "/postgres";
  const client = new pg.Client(connectionConfig(admin.href));
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function recordRestore(
  url: string,
  { summary }: CopyReader,
): Promise<void> {
  const database = createDatabase(url, { poolSize: 1 });
  try {
    const viewer = systemViewer("restore", newRequestId());
    const { client } = database;
    const audit = new AuditLog(client, await readDatabaseClock(client));
    await audit.recordLook(viewer, {
      type: "backup.restored",
      subject: { type: "system", id: "backup" },
      siteId: null,
      patientId: null,
      details: {
        takenAt: summary.createdAt,
        through: summary.head.seq,
        throughHash: summary.head.hash,
      },
    });
  } finally {
    await database.close();
  }
}
