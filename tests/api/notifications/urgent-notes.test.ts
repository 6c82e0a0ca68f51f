import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { AlarmDesk } from "../../../apps/api/src/features/alarms/alarm-desk.ts";
import { CriticalEscalationService } from "../../../apps/api/src/features/critical-results/critical-escalation.service.ts";
import { CriticalResultCommands } from "../../../apps/api/src/features/critical-results/critical-result.commands.ts";
import { SitePolicies } from "../../../apps/api/src/features/policies/site-policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  asRadiologist,
  asStaff,
  openSession,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const INBOX = `{ unreadInbox unreadUrgentInbox inbox { edges { node {
  kind isUrgent actorName case { id } } } } }`;
const TELL = `mutation ($id: ID!, $input: TellCriticalInput!) {
  tellCritical(id: $id, input: $input) { id } }`;

describe("notes that cannot wait", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    reader = await asRadiologist(server, siteId);
  });

  /** By a session of now: the clock may have ended the first one. */
  const inboxOf = async ({ userId: id, name, email }: SignedIn) => {
    const who = await openSession(server, { id, name, email });
    // The document above selects it.
    const data = (await who.execute(INBOX)).anyData() as unknown as {
      unreadInbox: number;
      unreadUrgentInbox: number;
      inbox: { edges: { node: Record<string, unknown> }[] };
    };
    const { unreadInbox: all, unreadUrgentInbox: urgent, inbox } = data;
    return { all, urgent, notes: inbox.edges.map(({ node }) => node) };
  };
  const aResult = async () => {
    const { client } = server.database;
    const { case: row } = await aCase(server, siteId).assessed(0.9).create();
    const on = async (field: string) =>
      (
        await reader.execute(`mutation ($id: ID!) { ${field} { id } }`, {
          id: row.id,
        })
      ).anyData();
    await on("claimCase(caseId: $id)");
    await on("revealPrediction(caseId: $id)");
    await on(
      `signReading(input: { caseId: $id, caseVersion: 2, label: PNEUMONIA, decision: CONFIRM, critical: { finding: "pneumothorax" } })`,
    );
    const { id } = await client.criticalResult.findFirstOrThrow({
      where: { caseId: row.id },
    });
    return { caseId: row.id, id };
  };

  it("tell who is told a critical result in the page", async () => {
    const { id, caseId } = await aResult();
    const input = { way: "DESK", toUserId: staff.userId };
    (await reader.execute(TELL, { id, input })).anyData();
    expect(await inboxOf(staff)).toEqual({
      all: 1,
      urgent: 1,
      notes: [
        {
          kind: "CRITICAL",
          isUrgent: true,
          actorName: reader.name,
          case: { id: caseId },
        },
      ],
    });
    expect((await inboxOf(reader)).all).toBe(0);
  });

  it("tell the staff and who marked it once it is overdue, and no other reader", async () => {
    const other = await asRadiologist(server, siteId);
    await aResult();
    server.clock.forward(3_601);
    const { client } = server.appDatabase;
    const { clock } = server;
    const policies = new SitePolicies(client);
    const escalation = new CriticalEscalationService({
      audit: new AuditLog(client, clock),
      clock,
      critical: new CriticalResultCommands({ clock, policies }),
    });
    expect(await escalation.escalate()).toBeGreaterThan(0);
    expect((await inboxOf(staff)).urgent).toBe(1);
    expect((await inboxOf(reader)).urgent).toBe(1);
    expect((await inboxOf(other)).all).toBe(0);
  });

  it("tell those who handle alarms of one, and nobody else", async () => {
    const admin = await asAdmin(server, siteId);
    const elsewhere = await asAdmin(server, (await aSite(server)).id);
    await asAuditor(server, siteId);
    const { client } = server.appDatabase;
    const { clock } = server;
    const desk = new AlarmDesk({
      client,
      clock,
      audit: new AuditLog(client, clock),
    });
    const about = { siteId, kind: "AI_SILENT" as const, subject: "films" };
    expect(await desk.raise(about, clock.now(), { films: 3 })).toBe(true);
    expect(await desk.raise(about, clock.now(), { films: 4 })).toBe(false);
    expect(await inboxOf(admin)).toEqual({
      all: 1,
      urgent: 0,
      notes: [
        {
          kind: "ALARM",
          isUrgent: false,
          actorName: "monitoring",
          case: null,
        },
      ],
    });
    expect((await inboxOf(elsewhere)).all).toBe(0);
    expect(
      await server.database.client.inboxItem.count({ where: { siteId } }),
    ).toBe(1);
  });
});
