import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const PEEK = `query ($passed: [ID!]) { nextCase(passed: $passed) { id state } }`;
const NEXT = `mutation ($passed: [ID!], $leaving: ID, $siteId: ID) {
  claimNextCase(passed: $passed, leaving: $leaving, siteId: $siteId) {
    id state claimedBy { id }
  }
}`;
const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`;
const OPINION = `mutation ($id: ID!) { recordOpinion(caseId: $id, opinion: NORMAL) { id } }`;

describe("the next case", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
  });

  /** A case that came in so many minutes ago. */
  async function waiting(
    urgency: "CRITICAL" | "URGENT" | "SOON" | "ROUTINE",
    minutes: number,
    columns: object = {},
  ): Promise<string> {
    const arrivedAt = new Date(server.clock.now().getTime() - minutes * 60_000);
    const { case: row } = await aCase(server, siteId)
      .with({ urgency, arrivedAt, ...columns })
      .create();
    return row.id;
  }

  async function next(
    who: SignedIn,
    variables: Record<string, unknown> = {},
  ): Promise<string | null> {
    const answer = (await who.execute(NEXT, variables)).anyData()[
      "claimNextCase"
    ] as { id: string; state: string; claimedBy: { id: string } } | null;
    if (answer === null) return null;
    expect(answer.state).toBe("READING");
    expect(answer.claimedBy.id).toBe(who.userId);
    return answer.id;
  }

  it("is the sickest, among equals who waits longest, past a ceiling before all", async () => {
    const soon = await waiting("SOON", 50);
    const critical = await waiting("CRITICAL", 1);
    const earlier = await waiting("SOON", 60);
    const overdue = await waiting("ROUTINE", 30 * 60);
    expect(await next(reader)).toBe(overdue);
    expect(await next(reader)).toBe(critical);
    expect(await next(reader)).toBe(earlier);
    expect(await next(reader)).toBe(soon);
    expect(await next(reader)).toBeNull();
  });

  it("is never one that another reads, was given or has signed", async () => {
    const other = await asRadiologist(server, siteId);
    const read = await waiting("CRITICAL", 9);
    (await other.execute(CLAIM, { id: read })).anyData();
    await waiting("CRITICAL", 8, { assigneeId: other.userId });
    await waiting("CRITICAL", 7, { state: "SIGNED" });
    const own = await waiting("URGENT", 6, { assigneeId: reader.userId });
    const free = await waiting("URGENT", 5);
    expect(await next(reader)).toBe(own);
    expect(await next(reader)).toBe(free);
    expect(await next(reader)).toBeNull();
  });

  it("is none of another hospital", async () => {
    const elsewhere = await aSite(server);
    await aCase(server, elsewhere.id).with({ urgency: "CRITICAL" }).create();
    expect(await next(reader)).toBeNull();
    expect(await next(reader, { siteId: elsewhere.id })).toBeNull();
  });

  it("passes over what it is told to, many pages of them too", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 20; n++) ids.push(await waiting("SOON", 100 - n));
    expect(await next(reader, { passed: ids.slice(0, 18) })).toBe(ids[18]);
  });

  it("goes to one reader each when all ask at once", async () => {
    const ids = new Set<string | null>();
    for (let n = 0; n < 30; n++) ids.add(await waiting("SOON", n));
    const readers = await Promise.all(
      Array.from({ length: 6 }, () => asRadiologist(server, siteId)),
    );
    const given = await Promise.all(
      readers.flatMap((who) => Array.from({ length: 6 }, () => next(who))),
    );
    expect(given.filter((id) => id === null)).toHaveLength(6);
    expect(new Set(given.filter((id) => id !== null))).toEqual(ids);
  });

  it("puts the case back that was left untouched, and keeps one that was begun", async () => {
    const first = await waiting("CRITICAL", 9);
    const second = await waiting("CRITICAL", 8);
    const third = await waiting("CRITICAL", 7);
    expect(await next(reader)).toBe(first);
    const { result, events } = await recordedBy(server, () =>
      next(reader, { leaving: first, passed: [first] }),
    );
    expect(result).toBe(second);
    expect(events.map(({ type }) => type)).toEqual([
      "case.released",
      "case.claimed",
    ]);
    (await reader.execute(OPINION, { id: second })).anyData();
    expect(await next(reader, { leaving: second, passed: [first] })).toBe(
      third,
    );
    const { client } = server.database;
    const states = await client.case.findMany({
      where: { id: { in: [first, second, third] } },
      orderBy: { arrivedAt: "asc" },
      select: { state: true },
    });
    expect(states.map(({ state }) => state)).toEqual([
      "WAITING",
      "READING",
      "READING",
    ]);
  });

  it("keeps a case that somebody else holds, whoever says to leave it", async () => {
    const held = await waiting("SOON", 9);
    const other = await asRadiologist(server, siteId);
    (await other.execute(CLAIM, { id: held })).anyData();
    const free = await waiting("SOON", 8);
    expect(await next(reader, { leaving: held })).toBe(free);
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: held },
    });
    expect(row.claimedById).toBe(other.userId);
  });

  it("can be seen without claiming it, which is a look", async () => {
    const id = await waiting("SOON", 3);
    const { result, events } = await recordedBy(server, async () =>
      (await reader.execute(PEEK)).anyData(),
    );
    expect(result["nextCase"]).toEqual({ id, state: "WAITING" });
    expect(events.map(({ type }) => type)).toContain("worklist.viewed");
    (await reader.execute(PEEK, { passed: [id] })).anyData();
    expect(await next(reader)).toBe(id);
  });

  it("refuses staff, ids of somebody's making and too long a list", async () => {
    const staff = await asStaff(server, siteId);
    (await staff.execute(NEXT)).refusedWith("FORBIDDEN");
    (await staff.execute(PEEK)).refusedWith("FORBIDDEN");
    (await reader.execute(NEXT, { passed: ["x"] })).refusedWith(
      "BAD_USER_INPUT",
    );
    (await reader.execute(NEXT, { leaving: "x" })).refusedWith(
      "BAD_USER_INPUT",
    );
    const many = Array.from({ length: 201 }, () => siteId);
    (await reader.execute(PEEK, { passed: many })).refusedWith(
      "BAD_USER_INPUT",
    );
  });
});
