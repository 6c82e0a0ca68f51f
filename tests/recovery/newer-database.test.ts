import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { startProcess } from "../testkit/processes.ts";

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-newer-"));
  database = await createTestDatabase();
  await database.database.client.$executeRaw`INSERT INTO _prisma_migrations
    (id, checksum, finished_at, migration_name)
    VALUES ('newer', 'x', now(), '29991231000000_from_the_future')`;
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

describe("a program that is started without the launcher, which migrates", () => {
  it.each(["main.ts", "worker-main.ts", "trainer-main.ts"])(
    "does not begin on a database that a newer version has used: %s",
    async (file) => {
      const child = startProcess(file, {
        // As docs/operations.md has it: the role that owns nothing.
        DATABASE_URL: database.appUrl,
        LUNG_IRIS_DATA: folder,
        LUNG_IRIS_OBJECT_STORE: join(folder, "films"),
        LUNG_IRIS_API_PORT: "0",
        LUNG_IRIS_DEMO: "0",
      });
      try {
        expect(await child.ended()).toBe(1);
        expect(child.output()).toMatch(
          /could not start\. A newer version of Lung Iris has used this database: it has the migration 29991231000000_from_the_future/,
        );
      } finally {
        await child.end("SIGKILL");
      }
    },
    120_000,
  );
});
