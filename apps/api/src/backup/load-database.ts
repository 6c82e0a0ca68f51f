import { pipeline } from "node:stream/promises";
import { connectionConfig } from "@lung-iris/prisma";
import { checkedInMigrations } from "@lung-iris/prisma/migrate";
import type { Migration } from "@lung-iris/prisma/migrate";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { migrateJobs } from "../platform/job-queue.ts";
import type { BackupSummary, BackupTable } from "./backup-format.ts";
import { BackupError } from "./copy-reader.ts";
import type { CopyReader } from "./copy-reader.ts";
import { copyCommand } from "./dump-database.ts";
import { setAside } from "./schema-guards.ts";

/** As Prisma makes it; its rows come from the copy. */
const MIGRATIONS_TABLE = `CREATE TABLE "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT,
  rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/**
 * The migrations that made the copy's tables.
 *
 * @throws BackupError when this version does not have them as they were.
 */
export async function migrationsOf({
  migrations,
}: BackupSummary): Promise<Migration[]> {
  const known = new Map(
    (await checkedInMigrations()).map((one) => [one.name, one]),
  );
  return migrations.map(({ name, checksum }) => {
    const migration = known.get(name);
    if (migration?.checksum === checksum) return migration;
    throw new BackupError(
      `The copy was made by another version of Lung Iris: its migration ${name} is not one of this version's. Bring it back with that version or a later one.`,
    );
  });
}

/** @throws BackupError when the database at `url` has any table already. */
export async function assertEmptyDatabase(url: string): Promise<void> {
  const rows = await withClient(url, async (client) => {
    const found = await client.query<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname IN ('public', 'graphile_worker') LIMIT 1`,
    );
    return found.rows;
  });
  const [table] = rows;
  if (table === undefined) return;
  throw new BackupError(
    `The database is not empty: it has the table ${table.name}. A copy is brought back into an empty database only; create a new one.`,
  );
}

/**
 * Makes the tables as they were when the copy was taken and fills them. All
 * rows come in one transaction: a restore that breaks off leaves no desk
 * that looks whole.
 */
export async function loadDatabase(
  url: string,
  reader: CopyReader,
  migrations: readonly Migration[],
  onTable: (table: BackupTable) => void,
): Promise<void> {
  await migrateJobs(url);
  await withClient(url, async (client) => {
    // One by one: a migration may use what only a commit before it allows.
    for (const { sql } of migrations) await client.query(sql);
    await assertSameQueue(client, reader.summary);
    await client.query("BEGIN");
    await client.query(MIGRATIONS_TABLE);
    const putBack = await setAside(client);
    for (const table of reader.summary.tables) {
      await fill(client, table, reader);
      onTable(table);
    }
    await putBack();
    await afterwards(client, reader.summary);
    await client.query("COMMIT");
    await client.query("ANALYZE");
  });
}

async function fill(
  client: pg.Client,
  table: BackupTable,
  reader: CopyReader,
): Promise<void> {
  const name = `${table.schema}.${table.name}`;
  const file = reader.files.find(
    (one) => one.kind === "table" && one.name === name,
  );
  if (file === undefined)
    throw new BackupError(`The copy has no file for the table ${name}.`);
  // Migrations leave rows of their own, which the copy has as well.
  await client.query(
    `DELETE FROM ${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)}`,
  );
  const target = client.query(copyFrom(copyCommand(table, "FROM STDIN")));
  await pipeline(reader.read(file.path), target);
  if (target.rowCount === table.rows) return;
  throw new BackupError(
    `${name} came back with ${String(target.rowCount)} rows, the copy counted ${String(table.rows)}.`,
  );
}

/**
 * Numbers go on where they were; nobody is signed in; no job is held. What was
 * under way begins anew, since its objects are not in a copy: uploads in pieces
 * are sent again, a training run starts from its first step.
 */
async function afterwards(
  client: pg.Client,
  { sequences }: BackupSummary,
): Promise<void> {
  for (const { schema, name, value } of sequences)
    await client.query(
      "SELECT setval(format('%I.%I', $1::text, $2::text)::regclass, $3::bigint)",
      [schema, name, value],
    );
  await client.query(
    `UPDATE "Session" SET "revokedAt" = now() WHERE "revokedAt" IS NULL`,
  );
  await client.query(`DELETE FROM "ResumableUpload"`);
  await client.query(`DELETE FROM "ArrivingFilm"`);
  await client.query(
    `UPDATE "TrainingRun" SET "checkpoint" = NULL
     WHERE "state" IN ('QUEUED', 'RUNNING', 'PAUSED')`,
  );
  await client.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL
     WHERE locked_at IS NOT NULL`,
  );
  await client.query(
    `UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL
     WHERE locked_at IS NOT NULL`,
  );
}

async function assertSameQueue(
  client: pg.Client,
  { queueMigration }: BackupSummary,
): Promise<void> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT max(id)::int AS id FROM graphile_worker.migrations`,
  );
  if (rows[0]?.id === queueMigration) return;
  throw new BackupError(
    `The copy's job queue is of another version (${String(queueMigration)} there, ${String(rows[0]?.id)} here). Bring it back with the version that made it.`,
  );
}

async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connectionConfig(url));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
