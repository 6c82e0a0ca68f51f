import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { AlarmDesk } from "../../../apps/api/src/features/alarms/alarm-desk.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { openSocket, ticketFor } from "../../testkit/socket.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asAuditor, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const ALARMS = `query ($siteId: ID!, $first: Int, $after: String) {
  alarms(siteId: $siteId, first: $first, after: $after) {
    edges { node { id subject ownerName acknowledgedByName note endedAt } }
    pageInfo { hasNextPage endCursor } } }`;
const TAKE = `mutation ($id: ID!) { takeAlarm(id: $id) { ownerName endedAt } }`;
const ACKNOWLEDGE = `mutation ($id: ID!, $note: String!) {
  acknowledgeAlarm(id: $id, note: $note) { ownerName acknowledgedByName note endedAt } }`;

interface Page {
  edges: { node: { id: string; subject: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

describe("alarms", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let desk: AlarmDesk;

  beforeAll(async () => {
    server = await startTestServer();
    const { clock } = server;
    const { client } = server.appDatabase;
    desk = new AlarmDesk({ client, clock, audit: new AuditLog(client, clock) });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
  });

  const about = (subject: string) => {
    return { siteId, kind: "SOURCE_SILENT" as const, subject };
  };
  const raise = (subject: string) =>
    desk.raise(about(subject), server.clock.now(), { silentDays: 3 });

  async function anAlarm(subject = "ROOM-1"): Promise<string> {
    await raise(subject);
    const row = await server.database.client.alarm.findFirstOrThrow({
      where: { ...about(subject), endedAt: null },
    });
    return row.id;
  }

  async function page(first: number, after?: string | null): Promise<Page> {
    const answer = await admin.execute(ALARMS, { siteId, first, after });
    return answer.anyData()["alarms"] as Page;
  }

  it("are raised once however many raise them at once, and again after their end", async () => {
    const raised = await Promise.all(
      Array.from({ length: 8 }, () => raise("ROOM-1")),
    );
    expect(raised.filter(Boolean)).toHaveLength(1);
    const { events } = await recordedBy(server, () =>
      Promise.all([desk.end(about("ROOM-1")), desk.end(about("ROOM-1"))]),
    );
    expect(events).toMatchObject([{ type: "alarm.ended", actorId: "SYSTEM" }]);
    expect(await raise("ROOM-1")).toBe(true);
    expect((await page(10)).edges).toHaveLength(2);
  });

  it("are listed newest first, page by page", async () => {
    for (const subject of ["A", "B", "C"]) {
      await raise(subject);
      server.clock.forward(1);
    }
    const first = await page(2);
    expect(first.edges.map(({ node }) => node.subject)).toEqual(["C", "B"]);
    const rest = await page(2, first.pageInfo.endCursor);
    expect(rest.edges.map(({ node }) => node.subject)).toEqual(["A"]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  it("are taken by somebody, then by somebody else, and twice by one without a trace", async () => {
    const id = await anAlarm();
    const other = await asAdmin(server, siteId);
    await admin.execute(TAKE, { id });
    const { events } = await recordedBy(server, () =>
      admin.execute(TAKE, { id }),
    );
    expect(events).toEqual([]);
    const taken = await recordedBy(server, () => other.execute(TAKE, { id }));
    expect(taken.result.anyData()).toMatchObject({
      takeAlarm: { ownerName: other.name },
    });
    expect(taken.events).toMatchObject([
      {
        type: "alarm.taken",
        before: { ownerId: admin.userId },
        after: { ownerId: other.userId },
      },
    ]);
  });

  it("are acknowledged once, with a note, and stay open until they end", async () => {
    const id = await anAlarm();
    const other = await asAdmin(server, siteId);
    const both = await Promise.all([
      admin.execute(ACKNOWLEDGE, { id, note: " Room closed " }),
      other.execute(ACKNOWLEDGE, { id, note: "Room closed" }),
    ]);
    expect(both.filter(({ code }) => code === "CONFLICT")).toHaveLength(1);
    const row = await server.database.client.alarm.findUniqueOrThrow({
      where: { id },
    });
    expect(row).toMatchObject({ note: "Room closed", endedAt: null });
    expect(row.ownerId).toBe(row.acknowledgedById);
    // The room is still closed: no second alarm.
    expect(await raise("ROOM-1")).toBe(false);
  });

  it("of drift are over when they are acknowledged", async () => {
    const drift = { siteId, kind: "DRIFT" as const, subject: "age" };
    await desk.raise(drift, server.clock.now(), {});
    const { id } = await server.database.client.alarm.findFirstOrThrow({
      where: drift,
    });
    const answer = await admin.execute(ACKNOWLEDGE, { id, note: "Ward moved" });
    expect(answer.anyData()).toMatchObject({
      acknowledgeAlarm: { endedAt: server.clock.now().toISOString() },
    });
    (await admin.execute(TAKE, { id })).anyData();
    const other = await asAdmin(server, siteId);
    (await other.execute(TAKE, { id })).refusedWith("CONFLICT");
  });

  it("want a note of some length and an id that there is", async () => {
    const id = await anAlarm();
    for (const note of ["", "   ", "x".repeat(1_001)]) {
      const answer = await admin.execute(ACKNOWLEDGE, { id, note });
      answer.refusedWith("BAD_USER_INPUT");
    }
    for (const wrong of ["x", "00000000-0000-7000-8000-000000000000"]) {
      (await admin.execute(TAKE, { id: wrong })).refusedWith("NOT_FOUND");
    }
  });

  it("are read by auditors, who change nothing, and by nobody of another site", async () => {
    const id = await anAlarm();
    const auditor = await asAuditor(server, siteId);
    expect((await auditor.execute(ALARMS, { siteId })).anyData()).toMatchObject(
      { alarms: { edges: [{ node: { id } }] } },
    );
    (await auditor.execute(TAKE, { id })).refusedWith("FORBIDDEN");
    const staff = await asStaff(server, siteId);
    (await staff.execute(ALARMS, { siteId })).refusedWith("FORBIDDEN");
    const stranger = await asAdmin(server, (await aSite(server)).id);
    (await stranger.execute(ALARMS, { siteId })).refusedWith("NOT_FOUND");
    (await stranger.execute(TAKE, { id })).refusedWith("NOT_FOUND");
    const note = "not mine";
    (await stranger.execute(ACKNOWLEDGE, { id, note })).refusedWith(
      "NOT_FOUND",
    );
  });

  it("are told as they are raised, to those of the site", async () => {
    const stranger = await asAdmin(server, (await aSite(server)).id);
    const mine = openSocket(server, await ticketFor(admin));
    const theirs = openSocket(server, await ticketFor(stranger));
    const seen: { mine: unknown[]; theirs: unknown[] } = {
      mine: [],
      theirs: [],
    };
    const query = `subscription { alarmChanged(siteId: "${siteId}") { subject } }`;
    const hear = (client: typeof mine, into: unknown[]) =>
      client.subscribe(
        { query },
        {
          next: ({ data }) => void into.push(data),
          error: () => undefined,
          complete: () => undefined,
        },
      );
    hear(mine, seen.mine);
    hear(theirs, seen.theirs);
    // graphql-ws tells of no moment when the subscription stands.
    await expect
      .poll(
        async () => {
          await raise("ROOM-7");
          await desk.end(about("ROOM-7"));
          return seen.mine;
        },
        { timeout: 60_000, interval: 200 },
      )
      .toContainEqual({ alarmChanged: { subject: "ROOM-7" } });
    expect(seen.theirs).toEqual([]);
    await mine.dispose();
    await theirs.dispose();
  });
});
