import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { connectionConfig } from "@lung-iris/prisma";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CheckpointFolder } from "../../apps/api/src/audit/checkpoints/checkpoint-folder.ts";
import { CheckpointKeeper } from "../../apps/api/src/audit/checkpoints/checkpoint-keeper.ts";
import { verifyTrail } from "../../apps/api/src/audit/checkpoints/verify-trail.ts";
import { verifyDatabase } from "../../apps/api/src/audit/verify-chain.ts";
import { auditVerify } from "../../apps/api/src/commands/audit-verify.ts";
import { createLogger } from "../../apps/api/src/logger.ts";
import { aCase } from "../testkit/scenario.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import { aSite, asAuditor, asRadiologist } from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";

/** Computes every hash after `seq` anew, as whoever owns the server can. */
const rechain = (seq: number) => `DO $$
  DECLARE previous text; event record;
  BEGIN
    SELECT "hash" INTO previous FROM "AuditEvent" WHERE "seq" = ${String(seq)};
    FOR event IN SELECT "seq", "content" FROM "AuditEvent"
      WHERE "seq" > ${String(seq)} ORDER BY "seq"
    LOOP
      UPDATE "AuditEvent" SET "previousHash" = previous, "hash" = encode(sha256(
        convert_to(previous || E'\\n' || "seq" || E'\\n' || "content", 'UTF8')), 'hex')
        WHERE "seq" = event."seq" RETURNING "hash" INTO previous;
    END LOOP;
    UPDATE "AuditHead" SET "hash" = previous;
  END $$`;

describe("checkpoints of the audit trail", () => {
  let server: TestServer;
  let reader: SignedIn;
  let caseId: string;
  let owner: pg.Client;
  let dataFolder: string;
  const logLines: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    const siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    caseId = (await aCase(server, siteId).create()).case.id;
    owner = new pg.Client(connectionConfig(server.url));
    await owner.connect();
    dataFolder = server.folder;
  });

  afterAll(async () => {
    await owner.end();
    await server.stop();
  });

  afterEach(() =>
    rm(join(dataFolder, "checkpoints"), { recursive: true, force: true }),
  );

  const keeper = () =>
    new CheckpointKeeper({
      client: server.database.client,
      folder: new CheckpointFolder(dataFolder),
      clock: server.clock,
      logger: createLogger("info", { write: (line) => logLines.push(line) }),
    });

  async function look(times: number): Promise<void> {
    for (let look = 0; look < times; look++) {
      server.clock.forward(61);
      await reader.execute(`query ($id: ID!) { case(id: $id) { id } }`, {
        id: caseId,
      });
    }
  }

  /** Tampers without the triggers, looks, and puts everything back. */
  async function after<T>(statements: string[], act: () => Promise<T>) {
    await owner.query(`CREATE TABLE kept AS SELECT * FROM "AuditEvent";
      CREATE TABLE kept_head AS SELECT * FROM "AuditHead"`);
    const asOwner = (lines: string[]) =>
      owner.query(
        [
          "BEGIN",
          "SET LOCAL session_replication_role = replica",
          ...lines,
          "COMMIT",
        ].join(";"),
      );
    try {
      await asOwner(statements);
      return await act();
    } finally {
      await asOwner([
        `DELETE FROM "AuditEvent"`,
        `INSERT INTO "AuditEvent" SELECT * FROM kept`,
        `DELETE FROM "AuditHead"`,
        `INSERT INTO "AuditHead" SELECT * FROM kept_head`,
        `DROP TABLE kept, kept_head`,
      ]);
    }
  }

  const verify = () =>
    verifyTrail(server.database.client, new CheckpointFolder(dataFolder));

  const CUT = [
    `DELETE FROM "AuditEvent" WHERE "seq" > (SELECT "seq" - 3 FROM "AuditHead")`,
    `UPDATE "AuditHead" SET ("seq", "hash") = (SELECT "seq", "hash" FROM "AuditEvent" ORDER BY "seq" DESC LIMIT 1)`,
  ];
  const REWRITTEN = [
    `UPDATE "AuditEvent" SET "content" = replace("content", '"requestId":"', '"requestId":"0') WHERE "seq" = 3`,
    rechain(2),
  ];

  it("hold with the trail as the product writes it", async () => {
    await look(6);
    await keeper().note();
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 1 });
  });

  it.each([
    ["cut at its end, with the head moved", CUT, "cut off"],
    ["written anew from the middle", REWRITTEN, "written anew"],
  ])("show a trail that was %s", async (_what, statements, word) => {
    await look(6);
    const notes = keeper();
    await notes.note();
    const { alone, compared } = await after(statements, async () => ({
      alone: await verifyDatabase(server.database.client),
      compared: await verify(),
    }));
    expect(alone.ok).toBe(true); // the chain by itself cannot know
    expect(compared).toMatchObject({
      ok: false,
      broken: { problem: expect.stringContaining(word) },
    });
  });

  it("show it on the page and at the terminal without being asked to", async () => {
    await look(6);
    await keeper().note();
    const auditor = await asAuditor(server, (await aSite(server)).id);
    const output = { text: "", write: (text: string) => (output.text += text) };
    const env = { dataFolder, databaseUrl: server.url, password: null };
    const run = () => auditVerify([], env, { out: output, err: output });
    const { page, code } = await after(CUT, async () => ({
      code: await run(),
      page: await auditor.execute(
        `mutation { verifyAudit { ok problem checkpoints } }`,
      ),
    }));
    expect(page.anyData()["verifyAudit"]).toMatchObject({
      ok: false,
      problem: expect.stringContaining("cut off"),
      checkpoints: 1,
    });
    expect(code).toBe(1);
    expect(output.text).toContain("cut off");
    expect(await run()).toBe(0);
    expect(output.text).toContain("Compared with 1 checkpoint");
  });

  it("are not noted for a trail that lost its last one", async () => {
    await look(6);
    const notes = keeper();
    await notes.start();
    await after(CUT, async () => {
      logLines.length = 0;
      await look(5);
      await notes.note();
      await keeper().start();
    });
    await notes.stop();
    const lost = logLines.filter((line) => line.includes("no longer contains"));
    expect(lost).toHaveLength(2); // the running one, and one that starts then
    const { known } = await new CheckpointFolder(dataFolder).read();
    expect(known).toHaveLength(1);
    expect(await verify()).toMatchObject({ ok: true });
  });

  it("are noted at the stop, and by two processes at once", async () => {
    const both = [keeper(), keeper()];
    await Promise.all(both.map((notes) => notes.start()));
    await look(2);
    await Promise.all(both.map((notes) => notes.stop()));
    const head = await server.database.client.auditHead.findFirstOrThrow();
    const folder = new CheckpointFolder(dataFolder);
    const { known, newest, problem } = await folder.read();
    expect(problem).toBeNull();
    expect(known).toHaveLength(4);
    expect(newest).toMatchObject({ seq: String(head.seq), hash: head.hash });
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 4 });
  });

  it("cannot be written without the key, and a torn line spoils no other", async () => {
    await look(3);
    await keeper().note();
    const folder = new CheckpointFolder(dataFolder);
    const [name = ""] = await readdir(folder.path);
    const file = join(folder.path, name);
    const text = await readFile(file, "utf8");
    await appendFile(file, `\n{"seq":"12","ha`);
    await look(1);
    await keeper().note();
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 2 });

    const elsewhere = await mkdtemp(join(tmpdir(), "lung-iris-other-desk-"));
    const foreign = new CheckpointFolder(elsewhere);
    const head = await server.database.client.auditHead.findFirstOrThrow();
    await foreign.append(
      { seq: String(head.seq), hash: head.hash },
      new Date(),
    );
    const [other = ""] = await readdir(foreign.path);
    await appendFile(file, await readFile(join(foreign.path, other)));
    expect(await verify()).toMatchObject({
      ok: false,
      broken: { problem: expect.stringContaining("this desk's key") },
    });
    expect(text).not.toContain("key");
    await rm(elsewhere, { recursive: true });

    await rm(join(dataFolder, "secrets"), { recursive: true });
    expect((await verify()).broken?.problem).toContain("checkpoint-key");
  });
});
