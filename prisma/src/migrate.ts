import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { connectionConfig } from "../engine/adapter.mjs";
import { runPrismaCli } from "./cli.ts";

export {
  APPLICATION_ROLE,
  applicationRoleProblems,
  grantApplication,
} from "./application-role.ts";
export type { ApplicationRole } from "./application-role.ts";

const migrationsDir = join(
  dirname(dirname(fileURLToPath(import.meta.url))),
  "migrations",
);

/** Migrations could not be applied; the message carries Prisma's own words. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/**
 * Brings the database at `url` to the newest migration with Prisma's migrate
 * engine, creating the database where it is missing. Returns the number of
 * migrations applied. Asks the database first, because starting the engine
 * takes seconds and most starts have nothing to apply.
 *
 * @throws MigrationError when the server is away, a migration fails, or a
 *   newer version of the product has already used the database.
 */
export async function migrateDeploy(url: string): Promise<number> {
  const wanted = await checkedInMigrations();
  const before = await appliedMigrations(url);
  assertNoneUnknown(before, wanted);
  if (wanted.every(({ name, checksum }) => before.get(name) === checksum))
    return 0;
  const { code, output } = await runPrismaCli(["migrate", "deploy"], url);
  if (code !== 0) {
    throw new MigrationError(
      `The database migrations could not be applied:\n${output.trim()}`,
    );
  }
  return wanted.length - before.size;
}

/** Whether every checked-in migration is applied and no other; for readiness checks. */
export async function isMigrated(url: string): Promise<boolean> {
  const applied = await appliedMigrations(url);
  const wanted = await checkedInMigrations();
  return (
    applied.size === wanted.length &&
    wanted.every(({ name }) => applied.has(name))
  );
}

/**
 * For programs that are started without the launcher, which migrates.
 *
 * @throws MigrationError when a newer version has used the database: this one
 *   does not know what its rows mean and would write them wrongly.
 */
export async function assertNotNewer(url: string): Promise<void> {
  const wanted = await checkedInMigrations();
  assertNoneUnknown(await appliedMigrations(url), wanted);
}

function assertNoneUnknown(
  applied: ReadonlyMap<string, string>,
  wanted: readonly { name: string }[],
): void {
  const known = new Set(wanted.map(({ name }) => name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new MigrationError(
    `A newer version of Lung Iris has used this database: it has the migration ${unknown.sort().at(-1) ?? ""}, which this version does not know. Start that version or a later one, or bring back a copy from before the update (npm run restore).`,
  );
}

/**
 * What the schema files say and the database at `url` does not, as SQL;
 * empty when they agree. Indexes that Prisma cannot express (trigram,
 * partial) live in migrations only and are not reported.
 *
 * @throws MigrationError when the comparison itself fails.
 */
export async function schemaDrift(url: string): Promise<string> {
  const { code, output } = await runPrismaCli(
    [
      "migrate",
      "diff",
      "--from-config-datasource",
      "--to-schema",
      "schema",
      "--script",
      "--exit-code",
    ],
    url,
  );
  // 0 the same, 2 a difference, else an error (Prisma CLI reference).
  if (code === 0) return "";
  if (code !== 2) throw new MigrationError(output.trim());
  const statements = output.slice(Math.max(0, output.indexOf("-- ")));
  return statements.trim();
}

/** A migration as it is checked in; the checksum is Prisma's own. */
export interface Migration {
  name: string;
  /** SHA-256 of the file, hex. */
  checksum: string;
  sql: string;
}

/** All of them, in the order in which they are applied. */
export async function checkedInMigrations(): Promise<Migration[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(migrationsDir, name, "migration.sql"));
      const checksum = createHash("sha256").update(sql).digest("hex");
      return { name, checksum, sql: sql.toString("utf8") };
    }),
  );
}

/** Finished migrations by name; empty where database or table do not exist yet. */
async function appliedMigrations(url: string): Promise<Map<string, string>> {
  const client = new pg.Client(connectionConfig(url));
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string; checksum: string }>(
      `SELECT migration_name AS name, checksum FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    return new Map(rows.map(({ name, checksum }) => [name, checksum]));
  } catch (error) {
    // 3D000 no such database, 42P01 no such table: nothing applied yet.
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (code === "3D000" || code === "42P01") return new Map();
    throw new MigrationError(
      `The database does not answer: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
