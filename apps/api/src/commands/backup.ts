import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { systemViewer } from "../access/viewer.ts";
import { AuditLog } from "../audit/audit-log.ts";
import { checkPassphrase } from "../backup/backup-key.ts";
import { takeBackup } from "../backup/take-backup.ts";
import type { BackupEnvironment } from "../config.ts";
import { readDatabaseClock } from "../platform/database-clock.ts";
import { newRequestId } from "../platform/ids.ts";
import { openObjectStore } from "../platform/open-object-store.ts";
import { CommandError, openCommandDatabase } from "./command-database.ts";

export const BACKUP_USAGE = `Usage: npm run backup -- DIR [--encrypt] [--passphrase-file FILE] [--quiet]

Writes one consistent copy of the desk into DIR, which must be empty or new,
while the desk runs: every row of the database, the films and exports, the
secrets and the checkpoints of the audit trail, each file with its SHA-256.
  --encrypt               with the passphrase in LUNG_IRIS_BACKUP_PASSPHRASE
  --passphrase-file FILE  with the first line of FILE as the passphrase
  --quiet                 writes one line of the whole copy and no progress,
                          for cron, which sends what is written
Without a passphrase the copy can be read by whoever has it. A lost passphrase
cannot be brought back by anybody.
`;

export interface CommandIo {
  out: { write(text: string): unknown };
  err: { write(text: string): unknown };
}

/** Runs the command; returns its exit code. */
export async function backup(
  args: readonly string[],
  env: BackupEnvironment,
  { out, err }: CommandIo,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      encrypt: { type: "boolean" },
      "passphrase-file": { type: "string" },
      quiet: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    out.write(BACKUP_USAGE);
    return 0;
  }
  const [target] = positionals;
  if (target === undefined || positionals.length > 1)
    throw new CommandError(`One folder is needed.\n${BACKUP_USAGE}`);
  const passphrase = await readPassphrase(values["passphrase-file"], env);
  if (values.encrypt === true && passphrase === null)
    throw new CommandError(
      "--encrypt needs a passphrase, in LUNG_IRIS_BACKUP_PASSPHRASE or with --passphrase-file.",
    );
  const isSealed =
    values.encrypt === true || values["passphrase-file"] !== undefined;
  if (isSealed && passphrase !== null) checkPassphrase(passphrase);
  const say = (line: string): void => {
    if (values.quiet !== true) err.write(`${line}\n`);
  };
  const started = performance.now();
  const desk = await openCommandDatabase(env, { mayCreate: false, say });
  try {
    const { client } = desk.database;
    const clock = await readDatabaseClock(client);
    await recordBackup(new AuditLog(client, clock), isSealed);
    const result = await takeBackup({
      target: resolve(target),
      dataFolder: env.dataFolder,
      databaseUrl: desk.url,
      objectStore: await openObjectStore(
        env.objectStore,
        join(env.dataFolder, "staging"),
      ),
      passphrase: isSealed ? passphrase : null,
      now: clock.now(),
      say,
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    out.write(
      `The copy in ${resolve(target)} is whole: ${String(result.files)} files, ${size(result.bytes)}, ${String(result.films)} films, in ${seconds} s. Its audit chain ends at ${result.head.seq}:${result.head.hash}\n`,
    );
    if (!isSealed)
      say(
        "It is not encrypted: keep it as you keep the desk's own data folder.",
      );
    return 0;
  } finally {
    await desk.close();
  }
}

/** A copy holds every patient: taking one is in the trail, and in the copy. */
async function recordBackup(
  audit: AuditLog,
  isEncrypted: boolean,
): Promise<void> {
  // Whoever has a shell on this machine and the database's secret is trusted.
  const viewer = systemViewer("backup", newRequestId());
  await audit.recordLook(viewer, {
    type: "backup.started",
    subject: { type: "system", id: "backup" },
    siteId: null,
    patientId: null,
    details: { isEncrypted },
  });
}

/** From a file, else from the environment; null where neither has one. */
export async function readPassphrase(
  file: string | undefined,
  env: Pick<BackupEnvironment, "passphrase">,
): Promise<string | null> {
  if (file === undefined) return env.passphrase;
  try {
    const [line = ""] = (await readFile(file, "utf8")).split(/\r?\n/);
    if (line !== "") return line;
  } catch (cause) {
    throw new CommandError(`${file} cannot be read.`, { cause });
  }
  throw new CommandError(`${file} has no passphrase in its first line.`);
}

function size(bytes: number): string {
  const megabytes = bytes / 1024 / 1024;
  return megabytes < 1024
    ? `${megabytes.toFixed(1)} MB`
    : `${(megabytes / 1024).toFixed(2)} GB`;
}
