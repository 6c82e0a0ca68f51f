import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "@lung-iris/prisma";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "@lung-iris/local-postgres";
import {
  assertNotNewer,
  isMigrated,
  migrateDeploy,
  schemaDrift,
} from "@lung-iris/prisma/migrate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

describe("migrations", () => {
  let dataDir: string;
  let server: EmbeddedPostgres;
  let database: Database;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "lung-iris-migrations-"));
    server = await startEmbeddedPostgres({ dataDir });
    database = createDatabase(server.url);
  }, 180_000);

  afterAll(async () => {
    await database.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("bring an empty server to the newest version, then have nothing to do", async () => {
    expect(await migrateDeploy(server.url)).toBeGreaterThan(0);
    expect(await isMigrated(server.url)).toBe(true);
    expect(await migrateDeploy(server.url)).toBe(0);
  });

  it("refuse a database that a newer version has used", async () => {
    const { client } = database;
    await client.$executeRaw`INSERT INTO _prisma_migrations
      (id, checksum, finished_at, migration_name)
      VALUES ('newer', 'x', now(), '29991231000000_from_the_future')`;
    try {
      const newer =
        /newer version of Lung Iris.*29991231000000_from_the_future/;
      await expect(migrateDeploy(server.url)).rejects.toThrow(newer);
      await expect(assertNotNewer(server.url)).rejects.toThrow(newer);
      expect(await isMigrated(server.url)).toBe(false);
    } finally {
      await client.$executeRaw`DELETE FROM _prisma_migrations WHERE id = 'newer'`;
    }
    await assertNotNewer(server.url);
  });

  it("say the same as the schema files", async () => {
    expect(await schemaDrift(server.url)).toBe("");
  });

  it("leave an audit table that refuses every change", async () => {
    const { client } = database;
    const event = {
      at: new Date(0),
      type: "test",
      actorId: "system",
      actorName: "System",
      actorRole: "SYSTEM",
      subjectType: "Test",
      subjectId: "1",
      content: "{}",
    };
    await client.auditEvent.create({ data: event });
    const refused = /append-only/;
    await expect(
      client.auditEvent.updateMany({ data: { type: "other" } }),
    ).rejects.toThrow(refused);
    await expect(client.auditEvent.deleteMany()).rejects.toThrow(refused);
    await expect(client.$executeRaw`TRUNCATE "AuditEvent"`).rejects.toThrow(
      refused,
    );
    await expect(
      client.$executeRaw`UPDATE "AuditHead" SET "seq" = "seq" + 1`,
    ).rejects.toThrow(/only with an appended event/);
  });

  it("number and chain concurrent events without a hole", async () => {
    const { client } = database;
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        client.auditEvent.create({
          data: {
            at: new Date(i),
            type: "test",
            actorId: "system",
            actorName: "System",
            actorRole: "SYSTEM",
            subjectType: "Test",
            subjectId: String(i),
            content: JSON.stringify({ i }),
          },
        }),
      ),
    );
    const events = await client.auditEvent.findMany({
      orderBy: { seq: "asc" },
    });
    events.forEach((event, i) => {
      expect(event.seq).toBe(BigInt(i + 1));
      expect(event.previousHash).toBe(events[i - 1]?.hash ?? "0".repeat(64));
    });
  });
});
