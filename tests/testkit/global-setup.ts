import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import { migrateDeploy } from "@lung-iris/prisma/migrate";
import type { TestProject } from "vitest/node";
import { migrateJobs } from "../../apps/api/src/platform/job-queue.ts";

/**
 * One embedded PostgreSQL for the whole run, with one migrated database.
 * Test files copy it, so none sees another's rows and none waits for
 * migrations.
 */
export default async function setup({
  provide,
}: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "lung-iris-tests-"));
  const server = await startEmbeddedPostgres({ dataDir });
  await migrateDeploy(server.url);
  await migrateJobs(server.url);
  provide("templateUrl", server.url);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
