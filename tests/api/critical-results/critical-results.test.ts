import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { CriticalEscalationService } from "../../../apps/api/src/features/critical-results/critical-escalation.service.ts";
import { CriticalResultCommands } from "../../../apps/api/src/features/critical-results/critical-result.commands.ts";
import { SitePolicies } from "../../../apps/api/src/features/policies/site-policies.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { givenPolicy } from "../../testkit/policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";

const FIELDS = `id state finding reason dueAt escalatedAt toldTo way readBack readBackBy
  viewerCanTell viewerCanAcknowledge isToldToViewer viewerCanWithdraw`;
const MARK = `mutation ($id: ID!, $input: CriticalMarkInput!) { markCritical(caseId: $id, input: $input) { ${FIELDS} } }`;
const TELL = `mutation ($id: ID!, $input: TellCriticalInput!) { tellCritical(id: $id, input: $input) { ${FIELDS} } }`;
const READ_BACK = `mutation ($id: ID!, $words: String, $finding: String) { acknowledgeCritical(id: $id, readBack: $words, finding: $finding) { ${FIELDS} } }`;
const WITHDRAW = `mutation ($id: ID!, $reason: String!) { withdrawCritical(id: $id, reason: $reason) { ${FIELDS} } }`;
const LIST = `query ($site: ID, $closed: Boolean! = false, $first: Int! = 20, $after: String) {
  criticalResults(siteId: $site, closed: $closed, first: $first, after: $after) {
    edges { cursor node { ${FIELDS} case { id } } } pageInfo { hasNextPage endCursor } } }`;
const SUMMARY = `{ criticalSummary { open overdue toldToMe } }`;
const OF_CASE = `query ($id: ID!) { case(id: $id) { viewerCanMarkCritical criticalFindings criticalResults { id state } } }`;

const result = z.object({
  id: z.string(),
  state: z.string(),
  finding: z.string().nullable(),
  reason: z.string().nullable(),
  dueAt: z.string(),
  escalatedAt: z.string().nullable(),
  toldTo: z.string().nullable(),
  way: z.string().nullable(),
  readBack: z.string().nullable(),
  readBackBy: z.string().nullable(),
  viewerCanTell: z.boolean(),
  viewerCanAcknowledge: z.boolean(),
  isToldToViewer: z.boolean(),
  viewerCanWithdraw: z.boolean(),
});
const list = z.object({
  criticalResults: z.object({
    edges: z.array(z.object({ cursor: z.string(), node: result })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullable(),
    }),
  }),
});

describe("a critical result", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let other: SignedIn;
  let staff: SignedIn;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    other = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
    admin = await asAdmin(server, siteId);
  });
  afterAll(() => server.stop());

  async function signedCase(
    critical: object | null = null,
    at = siteId,
    by = reader,
  ): Promise<string> {
    const { case: row } = await aCase(server, at).assessed(0.9).create();
    await by.execute(CLAIM, { id: row.id });
    await by.execute(REVEAL, { id: row.id });
    const answer = await by.execute(SIGN, {
      input: {
        caseId: row.id,
        caseVersion: 2,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        critical,
      },
    });
    answer.anyData();
    return row.id;
  }

  const said = async (
    by: SignedIn,
    document: string,
    variables: Record<string, unknown>,
  ) => {
    const answer = await by.execute(document, variables);
    return result.parse(Object.values(answer.anyData())[0]);
  };
  const marked = async (by = reader, input: object = { finding: "effusion" }) =>
    said(by, MARK, { id: await signedCase(), input });
  const open = async (by: SignedIn, rest: object = {}) =>
    (await by.execute(LIST, { site: siteId, ...rest })).data(list)
      .criticalResults;
  const escalation = () => {
    const { clock, database } = server;
    const { client } = database;
    const policies = new SitePolicies(client);
    return new CriticalEscalationService({
      audit: new AuditLog(client, clock),
      clock,
      critical: new CriticalResultCommands({ clock, policies }),
    });
  };

  it("is marked with the signature, in its transaction, or not at all", async () => {
    const { events } = await recordedBy(server, () =>
      signedCase({ finding: "pneumothorax", reason: "Left, large" }),
    );
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["reading.signed", "critical.marked"]),
    );
    const { case: row } = await aCase(server, siteId).assessed(0.9).create();
    await reader.execute(CLAIM, { id: row.id });
    await reader.execute(REVEAL, { id: row.id });
    const refused = await reader.execute(SIGN, {
      input: {
        caseId: row.id,
        caseVersion: 2,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        critical: { finding: "no such thing" },
      },
    });
    refused.refusedWith("BAD_USER_INPUT");
    const after = await server.database.client.case.findUniqueOrThrow({
      where: { id: row.id },
    });
    expect(after.state).toBe("READING");
  });

  it("is told on the phone and closed by what came back, in one step or two", async () => {
    const first = await marked();
    const told = await said(staff, TELL, {
      id: first.id,
      input: { way: "PHONE", to: "Dr Le, ward 3" },
    });
    expect(told).toMatchObject({ state: "TOLD", toldTo: "Dr Le, ward 3" });
    const wrong = { id: first.id, finding: "hernia" };
    (await staff.execute(READ_BACK, wrong)).refusedWith("READ_BACK_DIFFERS");
    (await staff.execute(READ_BACK, { id: first.id })).refusedWith(
      "BAD_USER_INPUT",
    );
    const closed = await said(staff, READ_BACK, {
      id: first.id,
      finding: "effusion",
    });
    expect(closed).toMatchObject({
      state: "ACKNOWLEDGED",
      readBack: "effusion",
      readBackBy: "Dr Le, ward 3",
      viewerCanTell: false,
    });
    const again = { id: first.id, words: "again" };
    (await staff.execute(READ_BACK, again)).refusedWith("CRITICAL_CLOSED");
    const second = await marked();
    const atOnce = { way: "IN_PERSON", to: "Sister Mai", readBack: "Effusion" };
    expect(
      await said(reader, TELL, { id: second.id, input: atOnce }),
    ).toMatchObject({ state: "ACKNOWLEDGED", readBackBy: "Sister Mai" });
  });

  it("told in the page is read back by that user and nobody else", async () => {
    const { id } = await marked();
    const toStaff = { way: "DESK", toUserId: staff.userId };
    await said(reader, TELL, { id, input: toStaff });
    const mine = async (by: SignedIn) =>
      (await by.execute(SUMMARY, {})).anyData()["criticalSummary"];
    expect(await mine(staff)).toMatchObject({ toldToMe: 1 });
    expect(await mine(other)).toMatchObject({ toldToMe: 0 });
    const words = { id, words: "Effusion on the left" };
    (await other.execute(READ_BACK, words)).refusedWith("NOT_TOLD");
    (await reader.execute(READ_BACK, words)).refusedWith("NOT_TOLD");
    expect(await said(staff, READ_BACK, words)).toMatchObject({
      state: "ACKNOWLEDGED",
      isToldToViewer: false,
    });
  });

  it("cannot be told to an admin, a stranger or nobody", async () => {
    const { id } = await marked();
    const elsewhere = await asStaff(server, (await aSite(server)).id);
    for (const toUserId of [admin.userId, elsewhere.userId, "x"]) {
      const answer = await reader.execute(TELL, {
        id,
        input: { way: "DESK", toUserId },
      });
      answer.refusedWith("NOT_TELLABLE");
    }
    for (const input of [
      { way: "PHONE" },
      { way: "PHONE", to: " " },
      { way: "PHONE", to: "x".repeat(501) },
      { way: "DESK", to: "somebody" },
      { way: "DESK", toUserId: staff.userId, readBack: "x" },
    ])
      (await reader.execute(TELL, { id, input })).refusedWith("BAD_USER_INPUT");
    (await reader.execute(READ_BACK, { id, words: "x" })).refusedWith(
      "NOT_TOLD",
    );
  });

  it("is one of a case at a time, however many mark it", async () => {
    const id = await signedCase();
    const input = { reason: "Tube in the right main bronchus" };
    const answers = await Promise.all(
      [reader, other, reader].map((by) => by.execute(MARK, { id, input })),
    );
    expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
    for (const answer of answers)
      if (answer.code !== null) answer.refusedWith("CRITICAL_OPEN");
    const seen = (await reader.execute(OF_CASE, { id })).anyData()["case"];
    expect(seen).toMatchObject({
      viewerCanMarkCritical: false,
      criticalFindings: ["pneumothorax"],
      criticalResults: [{ state: "OPEN" }],
    });
  });

  it("is read back once, however many say so at once", async () => {
    const { id } = await marked();
    await said(reader, TELL, { id, input: { way: "PHONE", to: "Ward" } });
    const answers = await Promise.all(
      [reader, staff, other].map((by) =>
        by.execute(READ_BACK, { id, words: "Effusion" }),
      ),
    );
    expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
  });

  it("is marked by readers, of signed cases, with a finding or words", async () => {
    const id = await signedCase();
    const input = { finding: "effusion" };
    (await staff.execute(MARK, { id, input })).refusedWith("FORBIDDEN");
    (await reader.execute(MARK, { id, input: {} })).refusedWith(
      "BAD_USER_INPUT",
    );
    (
      await reader.execute(MARK, { id, input: { reason: "x".repeat(501) } })
    ).refusedWith("BAD_USER_INPUT");
    const { case: unread } = await aCase(server, siteId).create();
    (await reader.execute(MARK, { id: unread.id, input })).refusedWith(
      "CASE_NOT_SIGNED",
    );
    const stranger = await asRadiologist(server, (await aSite(server)).id);
    (await stranger.execute(MARK, { id, input })).refusedWith("NOT_FOUND");
    (await stranger.execute(MARK, { id: "x", input })).refusedWith("NOT_FOUND");
  });

  it("is withdrawn by who marked it, with a reason, and by nobody else", async () => {
    const { id } = await marked();
    const why = { id, reason: "Wrong case" };
    (await staff.execute(WITHDRAW, why)).refusedWith("FORBIDDEN");
    (await other.execute(WITHDRAW, why)).refusedWith("NOT_OWN_MARK");
    (await reader.execute(WITHDRAW, { id, reason: " " })).refusedWith(
      "BAD_USER_INPUT",
    );
    expect((await said(reader, WITHDRAW, why)).state).toBe("WITHDRAWN");
  });

  it("escalates once when nobody reads it back in time, and leads the list", async () => {
    await givenPolicy(server, siteId, { critical: { minutes: 5 } });
    const late = await marked();
    expect(await escalation().escalate()).toBe(0);
    server.clock.forward(5 * 60);
    const fresh = await marked();
    const { events } = await recordedBy(server, async () => {
      expect(await escalation().escalate()).toBeGreaterThan(0);
    });
    const own = events.filter(({ type }) => type === "critical.escalated");
    expect(own.find(({ subjectId }) => subjectId === late.id)).toMatchObject({
      actor: { name: "critical-keeper" },
    });
    expect(own.some(({ subjectId }) => subjectId === fresh.id)).toBe(false);
    expect(await escalation().escalate()).toBe(0);
    const { edges } = await open(staff, { first: 100 });
    const ids = edges.map(({ node }) => node.id);
    expect(ids.indexOf(late.id)).toBeLessThan(ids.indexOf(fresh.id));
    expect(edges[0]?.node.escalatedAt).not.toBeNull();
    const board = await admin.execute(
      `query ($id: ID!) { board(siteId: $id) { criticalOpen criticalOverdue } }`,
      { id: siteId },
    );
    expect(board.anyData()["board"]).toEqual({
      criticalOpen: edges.length,
      criticalOverdue: edges.filter(({ node }) => node.escalatedAt).length,
    });
  });

  it("is due by the policy of the moment of the mark", async () => {
    await givenPolicy(server, siteId, { critical: { minutes: 15 } });
    const at = server.clock.now().getTime();
    const { dueAt } = await marked();
    expect(new Date(dueAt).getTime() - at).toBe(15 * 60_000);
  });

  it("comes in pages, open and closed, of the viewer's sites alone", async () => {
    const all = await open(staff, { first: 200 });
    expect(all.edges.length).toBeGreaterThan(3);
    const first = await open(staff, { first: 2 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const next = await open(staff, {
      first: 200,
      after: first.pageInfo.endCursor,
    });
    const paged = [...first.edges, ...next.edges].map(({ node }) => node.id);
    expect(paged).toEqual(all.edges.map(({ node }) => node.id));
    const closed = await open(staff, { closed: true, first: 1 });
    expect(closed.pageInfo.hasNextPage).toBe(true);
    const older = await open(staff, {
      closed: true,
      after: closed.pageInfo.endCursor,
    });
    expect(older.edges.map(({ node }) => node.id)).not.toContain(
      closed.edges[0]?.node.id,
    );
    const stranger = await asStaff(server, (await aSite(server)).id);
    expect((await open(stranger)).edges).toEqual([]);
    const id = all.edges[0]?.node.id;
    (
      await stranger.execute(TELL, { id, input: { way: "PHONE", to: "x" } })
    ).refusedWith("NOT_FOUND");
  });

  it("stays as it was closed, whoever asks the database", async () => {
    const { client } = server.database;
    const [closed] = await client.criticalResult.findMany({
      where: { state: "ACKNOWLEDGED" },
      take: 1,
    });
    if (!closed) throw new Error("nothing is closed");
    await expect(
      client.criticalResult.update({
        where: { id: closed.id },
        data: { readBack: "something else" },
      }),
    ).rejects.toThrow(/never changed/);
    await expect(
      client.criticalResult.delete({ where: { id: closed.id } }),
    ).rejects.toThrow();
  });
});
