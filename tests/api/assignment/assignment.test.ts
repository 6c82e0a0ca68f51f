import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { AssignmentLapseService } from "../../../apps/api/src/features/assignment/assignment-lapse.service.ts";
import { CaseCommands } from "../../../apps/api/src/features/cases/case.commands.ts";
import { SitePolicies } from "../../../apps/api/src/features/policies/site-policies.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { givenPolicy } from "../../testkit/policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const ASSIGN = `mutation ($id: ID!, $user: ID, $pool: ID) {
  assignCase(caseId: $id, userId: $user, poolId: $pool) {
    id assignee { id } pool { id name } } }`;
const NEXT = `mutation { claimNextCase { id } }`;
const LOADS = `query ($site: ID!) { readerLoads(siteId: $site) { user { id } waiting reading } }`;
const POOLS = `query ($site: ID!) { readerPools(siteId: $site) { id waiting } }`;
const UNASSIGNED = `query ($site: ID!) { worklist(filter: { siteId: $site, unassigned: true }) { edges { node { id } } } }`;
const HAND_OVER = `mutation ($pool: ID) { handOver(toPoolId: $pool) { reading assigned } }`;

describe("giving cases to readers and pools", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let member: SignedIn;
  let outsider: SignedIn;
  let poolId: string;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    member = await asRadiologist(server, siteId);
    outsider = await asRadiologist(server, siteId);
    poolId = await aPool("Nights", [member.userId]);
  });

  async function aPool(name: string, userIds: string[]): Promise<string> {
    const { id } = await server.database.client.readerPool.create({
      data: {
        siteId,
        name,
        members: { create: userIds.map((userId) => ({ userId })) },
      },
    });
    return id;
  }

  const waiting = async (
    urgency: "CRITICAL" | "URGENT" | "SOON" = "SOON",
    columns: object = {},
  ): Promise<string> => {
    const { case: row } = await aCase(server, siteId)
      .with({ urgency, ...columns })
      .create();
    return row.id;
  };
  const rowOf = (id: string) =>
    server.database.client.case.findUniqueOrThrow({ where: { id } });
  const next = async (who: SignedIn) =>
    (
      (await who.execute(NEXT)).anyData()["claimNextCase"] as {
        id: string;
      } | null
    )?.id;
  /** The worker's run of each minute. */
  const lapse = () => {
    const { client } = server.database;
    const { clock } = server;
    return new AssignmentLapseService({
      client,
      clock,
      audit: new AuditLog(client, clock),
      commands: new CaseCommands(clock),
      policies: new SitePolicies(client),
    }).run();
  };

  it("gives a case to a pool, on record, which takes it from the unassigned", async () => {
    const id = await waiting();
    const { result, events } = await recordedBy(server, async () =>
      (await staff.execute(ASSIGN, { id, pool: poolId })).anyData(),
    );
    expect(result["assignCase"]).toMatchObject({
      assignee: null,
      pool: { id: poolId, name: "Nights" },
    });
    expect(events.find(({ type }) => type === "case.assigned")).toMatchObject({
      before: { poolId: null, assignedAt: null },
      after: { poolId, assignedAt: server.clock.now().toISOString() },
    });
    const free = (await staff.execute(UNASSIGNED, { site: siteId })).anyData();
    expect(free["worklist"]).toEqual({ edges: [] });
    const pools = (await staff.execute(POOLS, { site: siteId })).anyData();
    expect(pools["readerPools"]).toEqual([{ id: poolId, waiting: 1 }]);
    // Given to nobody, it is free again.
    (await staff.execute(ASSIGN, { id })).anyData();
    expect(await rowOf(id)).toMatchObject({ poolId: null, assignedAt: null });
    expect(await next(outsider)).toBe(id);
  });

  it("refuses two at once, pools closed or of another hospital, and who may not", async () => {
    const id = await waiting();
    const both = { id, user: member.userId, pool: poolId };
    expect((await staff.execute(ASSIGN, both)).code).toBe("BAD_USER_INPUT");
    const elsewhere = (await aSite(server)).id;
    const theirs = await server.database.client.readerPool.create({
      data: { siteId: elsewhere, name: "Theirs" },
    });
    const closed = await server.database.client.readerPool.create({
      data: { siteId, name: "Closed", closedAt: server.clock.now() },
    });
    for (const pool of [theirs.id, closed.id, "none"])
      expect((await staff.execute(ASSIGN, { id, pool })).code).toBe(
        "NOT_ASSIGNABLE",
      );
    const admin = await asAdmin(server, siteId);
    expect((await admin.execute(ASSIGN, { id, pool: poolId })).code).toBe(
      "FORBIDDEN",
    );
    const stranger = await asStaff(server, elsewhere);
    expect((await stranger.execute(ASSIGN, { id, pool: poolId })).code).toBe(
      "NOT_FOUND",
    );
  });

  it("offers within a class one's own, then one's pools', then what is free", async () => {
    const early = new Date(server.clock.now().getTime() - 60_000);
    const free = await waiting("URGENT", { arrivedAt: early });
    const ofPool = await waiting("URGENT", { poolId });
    const own = await waiting("URGENT", { assigneeId: member.userId });
    const critical = await waiting("CRITICAL");
    await waiting("CRITICAL", { assigneeId: outsider.userId, poolId });
    expect(await next(member)).toBe(critical);
    expect(await next(member)).toBe(own);
    expect(await next(member)).toBe(ofPool);
    expect(await next(member)).toBe(free);
    expect(await next(member)).toBeUndefined();
  });

  it("keeps a pool's case from readers of none, until it falls back", async () => {
    await givenPolicy(server, siteId, { assignment: { fallbackMinutes: 20 } });
    const id = await waiting();
    (await staff.execute(ASSIGN, { id, user: member.userId })).anyData();
    await server.database.client.case.update({
      where: { id },
      data: { poolId },
    });
    expect(await next(outsider)).toBeUndefined();
    server.clock.forward(20 * 60 - 1);
    expect(await lapse()).toBe(0);
    server.clock.forward(1);
    const { events } = await recordedBy(server, lapse);
    expect(events).toMatchObject([
      {
        type: "case.assignment-lapsed",
        actorId: "SYSTEM",
        before: { assigneeId: member.userId },
        after: { assigneeId: null },
      },
    ]);
    expect(await rowOf(id)).toMatchObject({ assigneeId: null, poolId });
    expect(await next(outsider)).toBeUndefined();
    server.clock.forward(20 * 60);
    expect(await lapse()).toBe(1);
    expect(await rowOf(id)).toMatchObject({ poolId: null, assignedAt: null });
    expect(await lapse()).toBe(0);
    expect(await next(outsider)).toBe(id);
  });

  it("frees what waits for a pool that was closed, in the next minute", async () => {
    const id = await waiting();
    (await staff.execute(ASSIGN, { id, pool: poolId })).anyData();
    await server.database.client.readerPool.update({
      where: { id: poolId },
      data: { closedAt: server.clock.now() },
    });
    expect(await lapse()).toBe(1);
    expect(await next(outsider)).toBe(id);
  });

  it("gives a pool's cases to one member each when all ask at once", async () => {
    const members = await Promise.all(
      Array.from({ length: 5 }, () => asRadiologist(server, siteId)),
    );
    const pool = await aPool(
      "Days",
      members.map(({ userId }) => userId),
    );
    const ids = new Set<string>();
    for (let n = 0; n < 10; n++)
      ids.add(await waiting("SOON", { poolId: pool }));
    const given = await Promise.all(
      members.flatMap((who) => [next(who), next(who), next(who)]),
    );
    const taken = given.filter((id) => id !== undefined);
    expect(taken).toHaveLength(10);
    expect(new Set(taken)).toEqual(ids);
  });

  it("says what each reader has to do, and only readers and staff may ask", async () => {
    await waiting("SOON", { assigneeId: member.userId });
    await waiting("SOON", { assigneeId: member.userId });
    await waiting();
    await next(outsider);
    const answer = (await staff.execute(LOADS, { site: siteId })).anyData();
    const loads = answer["readerLoads"] as { user: { id: string } }[];
    expect(loads).toHaveLength(2);
    expect(loads).toEqual(
      expect.arrayContaining([
        { user: { id: member.userId }, waiting: 2, reading: 0 },
        { user: { id: outsider.userId }, waiting: 0, reading: 1 },
      ]),
    );
    const stranger = await asStaff(server, (await aSite(server)).id);
    expect((await stranger.execute(LOADS, { site: siteId })).code).toBe(
      "NOT_FOUND",
    );
  });

  it("hands over what a reader has to a pool", async () => {
    const id = await waiting("SOON", { assigneeId: outsider.userId });
    const done = (
      await outsider.execute(HAND_OVER, { pool: poolId })
    ).anyData();
    expect(done["handOver"]).toEqual({ reading: 0, assigned: 1 });
    expect(await rowOf(id)).toMatchObject({ assigneeId: null, poolId });
    expect(await next(member)).toBe(id);
  });
});
