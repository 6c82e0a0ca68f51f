import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
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

const SAVE = `mutation ($input: ReaderPoolInput!) {
  savePool(input: $input) { id name members { id } waiting viewerCanEdit } }`;
const CLOSE = `mutation ($id: ID!) { closePool(id: $id) { id viewerCanEdit } }`;
const LIST = `query ($site: ID!) { readerPools(siteId: $site) { id name members { id } viewerCanEdit } }`;

interface Pool {
  id: string;
  name: string;
  members: { id: string }[];
  viewerCanEdit: boolean;
}

describe("pools of readers", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let reader: SignedIn;
  let other: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    reader = await asRadiologist(server, siteId);
    other = await asRadiologist(server, siteId);
  });

  const save = (input: object, who = admin) =>
    who.execute(SAVE, { input: { siteId, memberIds: [], ...input } });
  // The documents above select it.
  const saved = async (input: object) =>
    (await save(input)).anyData()["savePool"] as Pool;
  const list = async (who: SignedIn, site = siteId) =>
    (await who.execute(LIST, { site })).anyData()["readerPools"] as Pool[];

  it("are what a worklist can be narrowed to, in any order", async () => {
    const { id: poolId } = await saved({ name: "Nights" });
    const waiting = await aCase(server, siteId).with({ poolId }).create();
    await aCase(server, siteId)
      .with({ poolId, assigneeId: reader.userId })
      .create();
    await aCase(server, siteId).create();
    for (const sort of ["URGENCY", "PATIENT", "ARRIVED_NEWEST"]) {
      const answer = await reader.execute(
        `query ($id: ID!) { worklist(filter: { poolId: $id }, sort: ${sort}) { edges { node { id } } } }`,
        { id: poolId },
      );
      expect(answer.anyData()["worklist"], sort).toEqual({
        edges: [{ node: { id: waiting.case.id } }],
      });
    }
    const wrong = `{ worklist(filter: { poolId: "nights" }) { totalCount } }`;
    (await reader.execute(wrong)).refusedWith("BAD_USER_INPUT");
  });

  it("are made, changed and closed by an admin, each on record once", async () => {
    const memberIds = [reader.userId, other.userId].sort();
    const { result: made, events } = await recordedBy(server, () =>
      saved({ name: "  Night   shift ", memberIds }),
    );
    expect(made).toMatchObject({ name: "Night shift", viewerCanEdit: true });
    expect(made.members.map(({ id }) => id)).toEqual(memberIds);
    expect(events.map(({ type }) => type)).toContain("pool.created");

    const changed = await recordedBy(server, () =>
      saved({ id: made.id, name: "Night shift", memberIds: [other.userId] }),
    );
    expect(
      changed.events.find(({ type }) => type === "pool.changed"),
    ).toMatchObject({
      before: { memberIds },
      after: { memberIds: [other.userId] },
    });
    const same = await recordedBy(server, () =>
      saved({ id: made.id, name: "Night shift", memberIds: [other.userId] }),
    );
    expect(same.events.map(({ type }) => type)).not.toContain("pool.changed");

    (await admin.execute(CLOSE, { id: made.id })).anyData();
    expect(await list(admin)).toEqual([]);
    expect((await admin.execute(CLOSE, { id: made.id })).code).toBe(
      "POOL_CLOSED",
    );
    expect((await save({ id: made.id, name: "Again" })).code).toBe(
      "POOL_CLOSED",
    );
    // The name is free again.
    expect((await saved({ name: "Night shift" })).id).not.toBe(made.id);
  });

  it("are seen by who works at the site, and changed by nobody else", async () => {
    const { id } = await saved({ name: "Chest" });
    const staff = await asStaff(server, siteId);
    for (const who of [staff, reader]) {
      expect(await list(who)).toMatchObject([{ id, viewerCanEdit: false }]);
      expect((await save({ name: "Mine" }, who)).code).toBe("FORBIDDEN");
      expect((await who.execute(CLOSE, { id })).code).toBe("FORBIDDEN");
    }
  });

  it("are out of sight and reach from another hospital", async () => {
    const { id } = await saved({ name: "Chest" });
    const elsewhere = await aSite(server);
    const stranger = await asAdmin(server, elsewhere.id);
    expect((await stranger.execute(LIST, { site: siteId })).code).toBe(
      "NOT_FOUND",
    );
    expect((await save({ name: "Theirs" }, stranger)).code).toBe("NOT_FOUND");
    const taken = { id, siteId: elsewhere.id, name: "Taken" };
    expect((await save(taken, stranger)).code).toBe("NOT_FOUND");
    expect((await stranger.execute(CLOSE, { id })).code).toBe("NOT_FOUND");
  });

  it("refuse names and members that are none", async () => {
    await saved({ name: "Chest" });
    expect((await save({ name: "cHEST" })).code).toBe("POOL_NAME_TAKEN");
    for (const name of ["", " ", "x".repeat(61)])
      expect((await save({ name })).code).toBe("BAD_USER_INPUT");
    const staff = await asStaff(server, siteId);
    const elsewhere = await asRadiologist(server, (await aSite(server)).id);
    for (const { userId } of [staff, elsewhere])
      expect((await save({ name: "A", memberIds: [userId] })).code).toBe(
        "NOT_ASSIGNABLE",
      );
    expect((await save({ name: "A", memberIds: ["nobody"] })).code).toBe(
      "BAD_USER_INPUT",
    );
  });

  it("have each name once, also of two saved at once", async () => {
    const both = await Promise.all([
      save({ name: "Weekend" }),
      save({ name: "weekend" }),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual([
      "POOL_NAME_TAKEN",
      null,
    ]);
    expect(await list(admin)).toHaveLength(1);
  });
});
