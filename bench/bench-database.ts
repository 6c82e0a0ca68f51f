import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectionConfig, createDatabase } from "@lung-iris/prisma";
import type { Database } from "@lung-iris/prisma";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import { migrateDeploy } from "@lung-iris/prisma/migrate";
import pg from "pg";
import { migrateJobs } from "../apps/api/src/platform/job-queue.ts";

export interface BenchDatabase {
  database: Database;
  /** A plain connection for seeding, free of foreign keys and triggers. */
  seed: pg.Client;
}

/**
 * Runs `work` on an embedded PostgreSQL of its own in a temporary folder,
 * with the settings that the product uses, and removes it afterwards.
 */
export async function withBenchDatabase<T>(
  work: (bench: BenchDatabase) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), "lung-iris-bench-"));
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await migrateDeploy(server.url);
    await migrateJobs(server.url);
    const database = createDatabase(server.url);
    const seed = new pg.Client(connectionConfig(server.url));
    await seed.connect();
    await seed.query("SET session_replication_role = replica");
    try {
      return await work({ database, seed });
    } finally {
      await seed.end();
      await database.close();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What the trigger on "Site" does, which seeding goes without. */
export async function givePolicies(seed: pg.Client): Promise<void> {
  await seed.query(
    `INSERT INTO "PolicyVersion" ("id", "siteId", "version", "document",
       "reason", "byId", "byName")
     SELECT gen_random_uuid(), "id", 1, first_policy(), 'As shipped',
       'SYSTEM', 'bench' FROM "Site"`,
  );
}

/** Fills a table with its indexes put aside, which takes a third of the time. */
export async function fillTable(
  seed: pg.Client,
  table: string,
  fill: () => Promise<unknown>,
): Promise<void> {
  const { rows } = await seed.query<{ name: string; definition: string }>(
    `SELECT c.relname AS "name", pg_get_indexdef(i.indexrelid) AS "definition"
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = $1::regclass AND NOT i.indisunique`,
    [`"${table}"`],
  );
  for (const { name } of rows) await seed.query(`DROP INDEX "${name}"`);
  await fill();
  for (const { definition } of rows) await seed.query(definition);
  await seed.query(`VACUUM ANALYZE "${table}"`);
}

/** The q-th quantile of times, by the nearest-rank method. */
export function quantile(times: readonly number[], q: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(q * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}
