import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import { connectionConfig } from "@lung-iris/prisma";
import {
  APPLICATION_ROLE,
  grantApplication,
  migrateDeploy,
} from "@lung-iris/prisma/migrate";
import pg from "pg";
import { API_NODE_ARGUMENTS } from "../scripts/start/services.ts";
import { hashSecret, newSecret } from "../apps/api/src/platform/ids.ts";
import { migrateJobs } from "../apps/api/src/platform/job-queue.ts";
import { startProcess } from "./bench-desk.ts";
import type { Measurement } from "./benchmark.ts";
import type { Parts } from "./processor-time.ts";

const PASSWORD = "only-for-benchmarks";

interface FilledApi {
  url: string;
  parts: Parts;
}

/** One API on a database that was filled, connected as in the product. */
export async function withFilledApi<T>(
  fill: (seed: pg.Client) => Promise<T>,
  work: (api: FilledApi, filled: T) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "lung-iris-bench-"));
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await migrateDeploy(server.url);
    await migrateJobs(server.url);
    const role = { name: APPLICATION_ROLE, password: PASSWORD };
    await grantApplication(server.url, role);
    const filled = await filledWith(server.url, fill);
    const appUrl = new URL(server.url);
    appUrl.username = role.name;
    appUrl.password = role.password;
    const api = await startProcess(
      "main.ts",
      /"port":(\d+)/,
      dataDir,
      appUrl.href,
      API_NODE_ARGUMENTS,
    );
    try {
      const parts = { "the API": api.pid, PostgreSQL: server.pid };
      const url = `http://127.0.0.1:${api.match[1] ?? ""}`;
      return await work({ url, parts }, filled);
    } finally {
      await api.stop();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Fills without foreign keys and triggers. */
async function filledWith<T>(
  url: string,
  fill: (seed: pg.Client) => Promise<T>,
): Promise<T> {
  const seed = new pg.Client(connectionConfig(url));
  await seed.connect();
  try {
    await seed.query("SET session_replication_role = replica");
    return await fill(seed);
  } finally {
    await seed.end();
  }
}

/** Makes a user a member of sites and signs him in; the session's token. */
export async function signedIn(
  seed: pg.Client,
  id: string,
  sites: readonly string[],
): Promise<string> {
  const token = newSecret();
  await seed.query(
    `INSERT INTO "SiteMember" ("siteId", "userId")
     SELECT s::uuid, $2::uuid FROM unnest($1::text[]) s`,
    [sites, id],
  );
  await seed.query(
    `UPDATE "User" SET "passwordState" = 'OWN' WHERE "id" = $1`,
    [id],
  );
  await seed.query(
    `INSERT INTO "Session" ("id", "userId", "tokenHash", "createdAt",
       "lastSeenAt", "expiresAt")
     VALUES (gen_random_uuid(), $1, $2, now(), now(), now() + interval '1 hour')`,
    [id, hashSecret(token)],
  );
  return token;
}
