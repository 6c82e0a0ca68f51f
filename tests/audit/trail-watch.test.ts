import { withTransaction } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../../apps/api/src/audit/audit-log.ts";
import { CheckpointFolder } from "../../apps/api/src/audit/checkpoints/checkpoint-folder.ts";
import { TrailWatch } from "../../apps/api/src/audit/checkpoints/trail-watch.ts";
import { createLogger } from "../../apps/api/src/logger.ts";
import { recordedBy } from "../testkit/audit-trail.ts";
import { aCase } from "../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import { aSite, asAuditor, asRadiologist } from "../testkit/viewers.ts";

describe("the watch over the trail", () => {
  let server: TestServer;
  let watch: TrailWatch;
  const logLines: string[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    const siteId = (await aSite(server)).id;
    const reader = await asRadiologist(server, siteId);
    const { id } = (await aCase(server, siteId).create()).case;
    await reader.execute(`{ case(id: "${id}") { id } }`);
    const { client } = server.appDatabase;
    watch = new TrailWatch({
      client,
      audit: new AuditLog(client, server.clock),
      checkpoints: new CheckpointFolder(server.folder),
      clock: server.clock,
      logger: createLogger("info", { write: (line) => logLines.push(line) }),
    });
  });
  afterAll(() => server.stop());

  it("verifies it where nobody did for a day, and says so in it", async () => {
    const { result, events } = await recordedBy(server, () => watch.look());
    expect(result).toBe(true);
    expect(events).toMatchObject([
      { type: "audit.verified", actorRole: "SYSTEM", details: { ok: true } },
    ]);
    expect(logLines.join("")).toContain("the audit trail is whole");
    server.clock.forward(23 * 3_600);
    expect(await watch.look()).toBe(false);
    server.clock.forward(3_601);
    expect(await watch.look()).toBe(true);
  });

  it("leaves it to a person who did", async () => {
    server.clock.forward(25 * 3_600);
    const site = await aSite(server);
    const auditor = await asAuditor(server, site.id);
    (await auditor.execute("mutation { verifyAudit { ok } }")).anyData();
    expect(await watch.look()).toBe(false);
  });

  it("says in the log and on the page's seal that it is broken", async () => {
    server.clock.forward(25 * 3_600);
    const { client } = server.database;
    // Past the triggers, as whoever owns the server can.
    await withTransaction(client, async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`UPDATE "AuditEvent" SET "content" = replace("content", 'case.opened', 'case.closed') WHERE "type" = 'case.opened'`;
    });
    expect(await watch.look()).toBe(true);
    expect(logLines.join("")).toContain("the audit trail is broken");
    const site = await aSite(server);
    const auditor = await asAuditor(server, site.id);
    const seal = await auditor.execute("{ auditSeal { ok brokenAt } }");
    expect(seal.anyData()).toMatchObject({ auditSeal: { ok: false } });
  });
});
