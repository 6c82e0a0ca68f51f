import { afterAll, beforeAll, describe, expect, it } from "vitest";
import pg from "pg";
import { connectionConfig } from "@lung-iris/prisma";
import {
  chainOf,
  verifyDatabase,
  verifyLines,
} from "../../apps/api/src/audit/verify-chain.ts";
import { writeLine } from "../../apps/api/src/audit/chain.ts";
import { aCase } from "../testkit/scenario.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import { aSite, asAuditor, asRadiologist } from "../testkit/viewers.ts";

const SEAL = `mutation { verifyAudit { ok brokenAt problem verifiedThrough headSeq } }`;

describe("the audit chain", () => {
  let server: TestServer;
  let siteId: string;
  let owner: pg.Client;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    const reader = await asRadiologist(server, siteId);
    const looks = Array.from({ length: 12 }, () =>
      aCase(server, siteId).create(),
    );
    for (const { case: row } of await Promise.all(looks))
      await reader.execute(`query ($id: ID!) { case(id: $id) { id } }`, {
        id: row.id,
      });
    owner = new pg.Client(connectionConfig(server.url));
    await owner.connect();
  });

  afterAll(async () => {
    await owner.end();
    await server.stop();
  });

  /** Does what only somebody who owns the server can: without the triggers. */
  async function tamper(...statements: string[]): Promise<void> {
    await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
    for (const statement of statements) await owner.query(statement);
    await owner.query("COMMIT");
  }

  /** Verifies after tampering, then puts everything back. */
  async function brokenBy(...statements: string[]) {
    await owner.query(
      `CREATE TABLE kept AS SELECT * FROM "AuditEvent";
       CREATE TABLE kept_head AS SELECT * FROM "AuditHead"`,
    );
    try {
      await tamper(...statements);
      const result = await verifyDatabase(server.database.client);
      expect(result.ok).toBe(false);
      return result.broken;
    } finally {
      await tamper(
        `DELETE FROM "AuditEvent"`,
        `INSERT INTO "AuditEvent" SELECT * FROM kept`,
        `DELETE FROM "AuditHead"`,
        `INSERT INTO "AuditHead" SELECT * FROM kept_head`,
        `DROP TABLE kept, kept_head`,
      );
    }
  }

  it("holds as the product writes it", async () => {
    const result = await verifyDatabase(server.database.client);
    expect(result).toMatchObject({ ok: true, broken: null });
    expect(result.count).toBeGreaterThan(10);
  });

  it("shows an edited content, at the first event that is wrong", async () => {
    expect(
      await brokenBy(
        `UPDATE "AuditEvent" SET "content" = replace("content", 'case.opened', 'case.closed') WHERE "seq" IN (5, 7)`,
      ),
    ).toMatchObject({ seq: "5", problem: expect.stringContaining("edited") });
  });

  it.each([
    `"actorName" = 'Somebody else'`,
    `"at" = "at" + interval '1 day'`,
    `"patientId" = NULL`,
    `"siteId" = gen_random_uuid()`,
    `"subjectId" = 'x'`,
    `"type" = 'case.claimed'`,
  ])("shows an edited column: %s", async (change) => {
    expect(
      await brokenBy(`UPDATE "AuditEvent" SET ${change} WHERE "seq" = 6`),
    ).toMatchObject({ seq: "6", problem: expect.stringContaining("edited") });
  });

  it("shows an edit whose hash was computed anew", async () => {
    expect(
      await brokenBy(
        `UPDATE "AuditEvent" SET "content" = replace("content", 'opened', 'edited'), "type" = 'case.edited' WHERE "seq" = 5`,
        `UPDATE "AuditEvent" SET "hash" = encode(sha256(convert_to("previousHash" || E'\\n' || "seq" || E'\\n' || "content", 'UTF8')), 'hex') WHERE "seq" = 5`,
      ),
    ).toMatchObject({ seq: "6" });
  });

  it("shows a removed event", async () => {
    expect(
      await brokenBy(`DELETE FROM "AuditEvent" WHERE "seq" = 4`),
    ).toMatchObject({ seq: "5", problem: expect.stringContaining("missing") });
  });

  it("shows a removed event whose successors were renumbered", async () => {
    expect(
      await brokenBy(
        `DELETE FROM "AuditEvent" WHERE "seq" = 4`,
        `UPDATE "AuditEvent" SET "seq" = -"seq" WHERE "seq" > 4`,
        `UPDATE "AuditEvent" SET "seq" = -"seq" - 1 WHERE "seq" < 0`,
        `UPDATE "AuditHead" SET "seq" = "seq" - 1`,
      ),
    ).toMatchObject({ seq: "4" });
  });

  it("shows two events that changed places", async () => {
    expect(
      await brokenBy(
        `UPDATE "AuditEvent" SET "seq" = -1 WHERE "seq" = 4`,
        `UPDATE "AuditEvent" SET "seq" = 4 WHERE "seq" = 5`,
        `UPDATE "AuditEvent" SET "seq" = 5 WHERE "seq" = -1`,
      ),
    ).toMatchObject({ seq: "4" });
  });

  it("shows an inserted event", async () => {
    expect(
      await brokenBy(
        `UPDATE "AuditEvent" SET "seq" = "seq" + 1000 WHERE "seq" >= 4`,
        `UPDATE "AuditEvent" SET "seq" = "seq" - 999 WHERE "seq" >= 1000`,
        `INSERT INTO "AuditEvent" SELECT 4, "at", "type", "actorId", "actorName", "actorRole", "siteId", "subjectType", "subjectId", "patientId", "content", "previousHash", "hash" FROM "AuditEvent" WHERE "seq" = 3`,
        `UPDATE "AuditHead" SET "seq" = "seq" + 1`,
      ),
    ).toMatchObject({ seq: "4" });
  });

  it("shows a cut-off end", async () => {
    const head = await server.database.client.auditHead.findUniqueOrThrow({
      where: { id: 1 },
    });
    expect(
      await brokenBy(
        `DELETE FROM "AuditEvent" WHERE "seq" > ${String(head.seq - 2n)}`,
      ),
    ).toMatchObject({
      seq: String(head.seq - 1n),
      problem: expect.stringContaining("cut off"),
    });
  });

  it.each([
    ["beyond the head", `"AuditHead"."seq" + 5`],
    ["before the first", `0 * "AuditHead"."seq" - 1`],
  ])("shows an event %s", async (where, seq) => {
    expect(
      await brokenBy(
        `INSERT INTO "AuditEvent" SELECT ${seq}, "at", "type", "actorId", "actorName", "actorRole", "siteId", "subjectType", "subjectId", "patientId", "content", "previousHash", "AuditEvent"."hash" FROM "AuditEvent", "AuditHead" WHERE "AuditEvent"."seq" = 3`,
      ),
    ).toMatchObject({ problem: expect.stringContaining(where) });
  });

  it("shows a trail that was deleted whole, with its head reset or removed", async () => {
    const deleted = `DELETE FROM "AuditEvent"`;
    const reset = `UPDATE "AuditHead" SET "seq" = 0, "hash" = repeat('0', 64)`;
    expect(await brokenBy(deleted, reset)).toMatchObject({
      seq: "1",
      problem: expect.stringContaining("the trail was deleted"),
    });
    expect(await brokenBy(deleted, `DELETE FROM "AuditHead"`)).toMatchObject({
      problem: expect.stringContaining("head is missing"),
    });
  });

  it("shows a content with a field twice, although its hash fits", async () => {
    expect(
      await brokenBy(
        `UPDATE "AuditEvent" SET "content" = replace("content", '"type":"case.opened"', '"type":"case.closed","type":"case.opened"') WHERE "seq" = (SELECT "seq" FROM "AuditHead")`,
        `UPDATE "AuditEvent" SET "hash" = encode(sha256(convert_to("previousHash" || E'\\n' || "seq" || E'\\n' || "content", 'UTF8')), 'hex') WHERE "seq" = (SELECT "seq" FROM "AuditHead")`,
        `UPDATE "AuditHead" SET "hash" = (SELECT "hash" FROM "AuditEvent" ORDER BY "seq" DESC LIMIT 1)`,
      ),
    ).toMatchObject({ problem: expect.stringContaining("cannot be read") });
  });

  it("is verified from an exported file as well, which may not be cut either", async () => {
    const { client } = server.database;
    const head = await client.auditHead.findUniqueOrThrow({ where: { id: 1 } });
    const lines: string[] = [];
    for await (const events of chainOf(client, head.seq))
      lines.push(...events.map(writeLine));
    lines.push(writeLine({ head: { seq: String(head.seq), hash: head.hash } }));
    const verify = (some: readonly string[]) =>
      verifyLines(
        (async function* () {
          await Promise.resolve();
          for (const line of some) yield line.trimEnd(); // as readline gives it
        })(),
      );
    expect(await verify(lines)).toMatchObject({ ok: true });
    const wrong = [
      lines.slice(0, -1),
      [...lines.slice(0, -2), lines.at(-1) ?? ""],
      lines.slice(1),
      lines.map((line) => line.replace("case.opened", "case.shut")),
      [...lines.slice(0, 3), "{", ...lines.slice(3)],
      [...lines, lines[0] ?? ""],
      lines.with(3, (lines[3] ?? "").replace("{", `{"actorName":"Nobody",`)),
      lines.with(3, (lines[3] ?? "").replace("{", `{"note":"extra",`)),
      lines.with(3, (lines[3] ?? "").replace(":", ": ")),
      lines.with(-1, (lines.at(-1) ?? "").replace("{", `{"more":1,`)),
      lines.with(-1, (lines.at(-1) ?? "").replace("{", `{"head":{},`)),
    ];
    for (const some of wrong) expect((await verify(some)).ok).toBe(false);
  });

  it("notes a verification in the chain, and says so in the seal", async () => {
    const auditor = await asAuditor(server, siteId);
    const answer = await auditor.execute(SEAL);
    expect(answer.anyData()["verifyAudit"]).toMatchObject({
      ok: true,
      brokenAt: null,
      problem: null,
    });
    const seal = await auditor.execute(`{ auditSeal { ok verifiedAt } }`);
    expect(seal.anyData()["auditSeal"]).toEqual({
      ok: true,
      verifiedAt: server.clock.now().toISOString(),
    });
  });

  it.each([
    `UPDATE "AuditEvent" SET "type" = 'x' WHERE "seq" = 1`,
    `DELETE FROM "AuditEvent" WHERE "seq" = 1`,
    `TRUNCATE "AuditEvent"`,
    `UPDATE "AuditHead" SET "seq" = 1`,
    `DELETE FROM "AuditHead"`,
    `TRUNCATE "AuditHead"`,
  ])("refuses to be changed by the product: %s", async (statement) => {
    await expect(owner.query(statement)).rejects.toThrow();
    expect((await verifyDatabase(server.database.client)).ok).toBe(true);
  });
});
