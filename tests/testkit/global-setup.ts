import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import {
  APPLICATION_ROLE,
  grantApplication,
  migrateDeploy,
} from "@lung-iris/prisma/migrate";
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
  const server = await startEmbeddedPostgres({ dataDir, isThrowAway: true });
  await migrateDeploy(server.url);
  await migrateJobs(server.url);
  const password = "only-for-tests";
  await grantApplication(server.url, { name: APPLICATION_ROLE, password });
  provide("templateUrl", server.url);
  const app = new URL(server.url);
  app.username = APPLICATION_ROLE;
  app.password = password;
  provide("templateAppUrl", app.href);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
