import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const HAND_OVER = `mutation ($to: ID) { handOver(toUserId: $to) { reading assigned } }`;
const IN_HAND = `{ inHand { reading assigned } }`;
const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`;
const OPINION = `mutation ($id: ID!) { recordOpinion(caseId: $id, opinion: NORMAL) { id } }`;

describe("handing over at the end of a shift", () => {
  let server: TestServer;
  let siteId: string;
  let giver: SignedIn;
  let taker: SignedIn;
  let held: string;
  let given: string;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    giver = await asRadiologist(server, siteId);
    taker = await asRadiologist(server, siteId);
    held = (await aCase(server, siteId).create()).case.id;
    given = (
      await aCase(server, siteId).with({ assigneeId: giver.userId }).create()
    ).case.id;
    (await giver.execute(CLAIM, { id: held })).anyData();
    (await giver.execute(OPINION, { id: held })).anyData();
  });

  const states = async (...ids: string[]) => {
    const rows = await server.database.client.case.findMany({
      where: { id: { in: ids } },
      select: { id: true, state: true, assigneeId: true, claimedById: true },
    });
    return ids.map((id) => rows.find((row) => row.id === id));
  };

  it("gives all that is held or given to another, in one step, event by event", async () => {
    const before = (await giver.execute(IN_HAND)).anyData()["inHand"];
    expect(before).toEqual({ reading: 1, assigned: 1 });
    const { result, events } = await recordedBy(server, async () =>
      (await giver.execute(HAND_OVER, { to: taker.userId })).anyData(),
    );
    expect(result["handOver"]).toEqual({ reading: 1, assigned: 1 });
    for (const row of await states(held, given))
      expect(row).toMatchObject({
        state: "WAITING",
        assigneeId: taker.userId,
        claimedById: null,
      });
    expect(events.map(({ type }) => type).sort()).toEqual([
      "case.assigned",
      "case.assigned",
      "case.released",
    ]);
    expect(
      events.find(({ type }) => type === "case.released")?.details,
    ).toEqual({ reason: "handed-over" });
    const after = (await giver.execute(IN_HAND)).anyData()["inHand"];
    expect(after).toEqual({ reading: 0, assigned: 0 });
  });

  it("keeps what was said and typed with the reader who did", async () => {
    (await giver.execute(HAND_OVER, { to: taker.userId })).anyData();
    (await taker.execute(CLAIM, { id: held })).anyData();
    const readings = await server.database.client.reading.findMany({
      where: { caseId: held },
      select: { readerId: true, opinion: true, state: true },
    });
    expect(readings).toHaveLength(2);
    expect(readings).toContainEqual({
      readerId: giver.userId,
      opinion: "NORMAL",
      state: "ENDED",
    });
    expect(readings).toContainEqual({
      readerId: taker.userId,
      opinion: null,
      state: "OPEN",
    });
  });

  it("puts everything back for everybody where nobody is named", async () => {
    (await giver.execute(HAND_OVER, { to: null })).anyData();
    for (const row of await states(held, given))
      expect(row).toMatchObject({ state: "WAITING", assigneeId: null });
  });

  it("leaves signed cases and those of others alone", async () => {
    const { case: signed } = await aCase(server, siteId)
      .with({ state: "SIGNED", assigneeId: giver.userId })
      .create();
    const { case: others } = await aCase(server, siteId)
      .with({ assigneeId: taker.userId })
      .create();
    (await giver.execute(HAND_OVER)).anyData();
    expect((await states(signed.id))[0]?.assigneeId).toBe(giver.userId);
    expect((await states(others.id))[0]?.assigneeId).toBe(taker.userId);
  });

  it("leaves none behind, however many there are", async () => {
    const more: string[] = [];
    for (let index = 0; index < 205; index++) {
      const { case: row } = await aCase(server, siteId)
        .with({ assigneeId: giver.userId })
        .create();
      more.push(row.id);
    }
    const answer = await giver.execute(HAND_OVER, { to: taker.userId });
    expect(answer.anyData()["handOver"]).toEqual({ reading: 1, assigned: 206 });
    for (const row of await states(held, given, ...more))
      expect(row).toMatchObject({ state: "WAITING", assigneeId: taker.userId });
  }, 300_000);

  it("hands nothing over to somebody who may not read one of them", async () => {
    const staff = await asStaff(server, siteId);
    for (const to of [staff.userId, "nonsense"])
      (await giver.execute(HAND_OVER, { to })).refusedWith("NOT_ASSIGNABLE");
    expect((await states(held))[0]).toMatchObject({
      state: "READING",
      claimedById: giver.userId,
    });
    (await staff.execute(HAND_OVER)).refusedWith("FORBIDDEN");
  });
});
