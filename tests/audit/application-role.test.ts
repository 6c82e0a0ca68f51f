import {
  APPLICATION_ROLE,
  applicationRoleProblems,
  grantApplication,
} from "@lung-iris/prisma/migrate";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../testkit/database.ts";
import type { TestDatabase } from "../testkit/database.ts";

const EVENT = `INSERT INTO "AuditEvent" ("seq", "at", "type", "actorId",
    "actorName", "actorRole", "subjectType", "subjectId", "content",
    "previousHash", "hash")
  VALUES (0, now(), 'demo.seeded', 'SYSTEM', 'test', 'SYSTEM', 'system', 'x',
    '{}', '', '')`;

describe("the application's database role", () => {
  let db: TestDatabase;
  let app: pg.Client;
  let owner: pg.Client;

  beforeAll(async () => {
    db = await createTestDatabase();
    app = new pg.Client(db.appUrl);
    owner = new pg.Client(db.url);
    await app.connect();
    await owner.connect();
    await app.query(EVENT);
  });

  afterAll(async () => {
    await app.end();
    await owner.end();
    await db.drop();
  });

  it.each([
    `ALTER TABLE "AuditEvent" DISABLE TRIGGER ALL`,
    `ALTER TABLE "ReadingVersion" DISABLE TRIGGER ALL`,
    `DROP TRIGGER audit_event_refuse_change ON "AuditEvent"`,
    `CREATE OR REPLACE FUNCTION audit_event_append() RETURNS trigger
      LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    `TRUNCATE "AuditEvent"`,
    `TRUNCATE "ReadingVersion"`,
    `TRUNCATE "Case" CASCADE`,
    `UPDATE "AuditEvent" SET "content" = '{}'`,
    `DELETE FROM "AuditEvent"`,
    `UPDATE "AuditHead" SET "seq" = "seq" + 1`,
    `UPDATE "ReadingVersion" SET "comment" = ''`,
    `DELETE FROM "_prisma_migrations"`,
    `DROP TABLE "AuditEvent"`,
    `CREATE TABLE public.mine (id int)`,
    `CREATE TEMPORARY TABLE mine (id int)`,
    `SET session_replication_role = 'replica'`,
    `COPY "Site" ("code") FROM PROGRAM 'echo x'`,
    `COPY (SELECT 1) TO PROGRAM 'cat'`,
    `SELECT pg_read_file('/etc/passwd')`,
    `SET ROLE postgres`,
  ])("is refused: %s", async (statement) => {
    // 42501: insufficient privilege; nothing of our own triggers is needed.
    await expect(app.query(statement)).rejects.toMatchObject({
      code: "42501",
      message: expect.not.stringContaining("append-only") as string,
    });
  });

  it("appends events, and the trigger moves the head for it", async () => {
    const { rows } = await app.query<{ seq: string; head: string }>(
      `SELECT (SELECT max("seq") FROM "AuditEvent")::text AS seq,
        (SELECT "seq" FROM "AuditHead")::text AS head`,
    );
    expect(rows).toEqual([{ seq: "1", head: "1" }]);
  });

  it("adds jobs to the queue and sees them", async () => {
    await app.query(`SELECT graphile_worker.add_job('read-headers', '{}')`);
    const { rows } = await app.query(
      `SELECT count(*)::int AS n FROM graphile_worker._private_jobs`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it("uses tables of later migrations, once the owner has made them", async () => {
    await owner.query(`CREATE TABLE later (id serial PRIMARY KEY, note text)`);
    await app.query(`INSERT INTO later (note) VALUES ('x')`);
    await app.query(`UPDATE later SET note = 'y'`);
    await expect(app.query(`TRUNCATE later`)).rejects.toMatchObject({
      code: "42501",
    });
    await owner.query(`DROP TABLE later`);
  });

  it("is told from an owner and from a superuser", async () => {
    expect(await applicationRoleProblems(db.appUrl)).toEqual([]);
    const [problem] = await applicationRoleProblems(db.url);
    expect(problem).toMatch(/postgres is a superuser/);
    await owner.query(`ALTER TABLE "Site" OWNER TO ${APPLICATION_ROLE}`);
    const [owns] = await applicationRoleProblems(db.appUrl);
    expect(owns).toMatch(/owns the table Site/);
    await owner.query(`ALTER TABLE "Site" OWNER TO postgres`);
    await owner.query(`GRANT UPDATE ON "AuditEvent" TO ${APPLICATION_ROLE}`);
    const [changes] = await applicationRoleProblems(db.appUrl);
    expect(changes).toMatch(/may change rows of AuditEvent/);
  });

  it("gets its rights anew at every start, also of two machines at once", async () => {
    const again = () => grantApplication(db.url, { name: APPLICATION_ROLE });
    await Promise.all([again(), again(), again()]);
    expect(await applicationRoleProblems(db.appUrl)).toEqual([]);
    await expect(
      app.query(`UPDATE "AuditEvent" SET "content" = '{}'`),
    ).rejects.toMatchObject({ code: "42501" });
  });
});
