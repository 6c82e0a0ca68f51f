import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AssignmentRule } from "../../../apps/api/src/features/policies/policy-document.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { aPolicy, asInput, givenPolicy } from "../../testkit/policies.ts";
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

const PREVIEW = `query ($site: ID!, $document: PolicyDocumentInput!) {
  previewPolicy(siteId: $site, document: $document) { rules { name cases canTake } } }`;

describe("rules of assignment", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let busy: SignedIn;
  let idle: SignedIn;
  let poolId: string;
  let seed = 7_000;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    busy = await asRadiologist(server, siteId);
    idle = await asRadiologist(server, siteId);
    const { id } = await server.database.client.readerPool.create({
      data: {
        siteId,
        name: "Chest",
        members: {
          create: [{ userId: busy.userId }, { userId: idle.userId }],
        },
      },
    });
    poolId = id;
  });

  const rule = (
    name: string,
    rest: Partial<AssignmentRule> = {},
  ): AssignmentRule => ({
    name,
    fromMinute: null,
    toMinute: null,
    bodyParts: [],
    modalities: [],
    readerId: null,
    poolId,
    leastLoaded: false,
    ...rest,
  });
  const given = (...rules: AssignmentRule[]) =>
    givenPolicy(server, siteId, { assignment: { rules } });
  /** The case of a film that comes in now, with the events of its arrival. */
  async function arrives() {
    seed += 1;
    const bytes = await chestPng(seed);
    const { result, events } = await recordedBy(server, () =>
      uploadOne(staff, bytes, { siteId }),
    );
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: result.caseId },
    });
    return { row, events };
  }

  it("give a new case to the reader of the pool with the least to do, by the first that fits", async () => {
    await aCase(server, siteId).with({ assigneeId: busy.userId }).create();
    await given(
      rule("Hands", {
        bodyParts: ["HAND"],
        readerId: busy.userId,
        poolId: null,
      }),
      rule("Chests", { leastLoaded: true }),
      rule("Rest"),
    );
    const { row, events } = await arrives();
    expect(row).toMatchObject({
      assigneeId: idle.userId,
      poolId,
      assignmentRule: "Chests",
      assignedAt: server.clock.now(),
    });
    expect(events.find(({ type }) => type === "case.assigned")).toMatchObject({
      after: { assigneeId: idle.userId, poolId, assignmentRule: "Chests" },
    });
  });

  it("pass over whom nobody can take a case for, and leave the rest free", async () => {
    await given(rule("Chests", { leastLoaded: true }));
    await server.database.client.readerPool.update({
      where: { id: poolId },
      data: { closedAt: server.clock.now() },
    });
    const { row, events } = await arrives();
    expect(row).toMatchObject({ assigneeId: null, poolId: null });
    expect(events.map(({ type }) => type)).not.toContain("case.assigned");
  });

  it("are tried out on what waits, and refuse whom they cannot name", async () => {
    const admin = await asAdmin(server, siteId);
    await aCase(server, siteId).create();
    await aCase(server, siteId).create();
    const preview = (...rules: AssignmentRule[]) =>
      admin.execute(PREVIEW, {
        site: siteId,
        document: asInput(aPolicy({ assignment: { rules } })),
      });
    const away = await server.database.client.readerPool.create({
      data: { siteId, name: "Nobody" },
    });
    const answer = await preview(
      rule("Away", { poolId: away.id }),
      rule("Computed", { modalities: ["CT"] }),
      rule("All"),
    );
    expect(answer.anyData()["previewPolicy"]).toEqual({
      rules: [
        { name: "Away", cases: 0, canTake: false },
        { name: "Computed", cases: 0, canTake: true },
        { name: "All", cases: 2, canTake: true },
      ],
    });
    const elsewhere = (await aSite(server)).id;
    const stranger = await asRadiologist(server, elsewhere);
    const theirs = await server.database.client.readerPool.create({
      data: { siteId: elsewhere, name: "Theirs" },
    });
    for (const wrong of [
      rule("A", { poolId: theirs.id }),
      rule("A", { poolId: null, readerId: stranger.userId }),
      rule("A", { poolId: null }),
      rule("A", { readerId: idle.userId }),
      rule("A", { fromMinute: 60 }),
      rule("A", { fromMinute: 60, toMinute: 60 }),
      rule("A", { fromMinute: 0, toMinute: 1440 }),
      rule("A", { poolId: null, readerId: idle.userId, leastLoaded: true }),
      rule(" "),
    ])
      expect((await preview(wrong)).code).toBe("BAD_USER_INPUT");
    expect((await preview(rule("A"), rule("A"))).code).toBe("BAD_USER_INPUT");
  });
});
