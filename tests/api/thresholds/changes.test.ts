import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aPolicy, asInput, givenPolicy } from "../../testkit/policies.ts";
import { aCase, liveTestModel } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  APPROVE_THRESHOLD,
  DECLINE_THRESHOLD,
  PROPOSE_THRESHOLD,
  SAVE_THRESHOLD,
  WITHDRAW_THRESHOLD,
} from "../../testkit/threshold-requests.ts";
import { aSite, asAdmin, type SignedIn } from "../../testkit/viewers.ts";

const SAVE_POLICY = `mutation ($input: SavePolicyInput!) { savePolicy(input: $input) { version } }`;

describe("changes of a threshold", () => {
  let server: TestServer;
  let siteId: string;
  let model: string;
  let one: SignedIn;
  let other: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    model = (await liveTestModel(server)).fingerprint;
  });
  afterAll(() => server.stop());

  /** A site of its own with two admins; answers its policy's version. */
  async function newSite(approval: "one" | "two"): Promise<number> {
    siteId = (await aSite(server)).id;
    one = await asAdmin(server, siteId);
    other = await asAdmin(server, siteId);
    return givenPolicy(server, siteId, { thresholdDesk: { approval } });
  }

  const input = (baseVersion: number, more: Record<string, unknown> = {}) => ({
    input: {
      siteId,
      ageGroup: "adult",
      threshold: 0.7,
      model,
      baseVersion,
      reason: "Fewer alarms",
      ...more,
    },
  });
  const propose = async (baseVersion: number, more = {}): Promise<string> => {
    const asked = input(baseVersion, more);
    const answer = await one.execute(PROPOSE_THRESHOLD, asked);
    return (answer.anyData()["proposeThreshold"] as { id: string }).id;
  };
  const newest = () =>
    server.database.client.policyVersion.findFirstOrThrow({
      where: { siteId },
      orderBy: { version: "desc" },
    });
  const CHOSEN = {
    finding: "pneumonia",
    ageGroup: "adult",
    threshold: 0.7,
  };

  it("are saved by one where one is enough: a version, its event, cases placed", async () => {
    const version = await newSite("one");
    const row = (
      await aCase(server, siteId)
        .assessed(0.6)
        .with({ urgency: "SOON", urgencyReasons: ["ai:60"] })
        .create()
    ).case;
    const { result, events } = await recordedBy(server, () =>
      one.execute(SAVE_THRESHOLD, input(version)),
    );
    expect(result.anyData()).toEqual({
      saveThreshold: { version: version + 1 },
    });
    expect(events.map(({ type }) => type)).toEqual([
      "policy.changed",
      "case.placed",
    ]);
    expect(events[0]).toMatchObject({ details: { reason: "Fewer alarms" } });
    expect((await newest()).document).toMatchObject({
      thresholds: [{ ...CHOSEN, model }],
    });
    const placed = await server.database.client.case.findUniqueOrThrow({
      where: { id: row.id },
    });
    expect(placed).toMatchObject({ threshold: 0.7, urgency: "ROUTINE" });
    // Given back to the model: the list is as it was.
    (
      await one.execute(SAVE_THRESHOLD, input(version + 1, { threshold: null }))
    ).anyData();
    expect((await newest()).document).toMatchObject({ thresholds: [] });
  });

  it("refuses what is no threshold, holds already, or was looked at of another model or version", async () => {
    const version = await newSite("one");
    const refused = async (more: Record<string, unknown>, code: string) => {
      for (const mutation of [SAVE_THRESHOLD, PROPOSE_THRESHOLD])
        (await one.execute(mutation, input(version, more))).refusedWith(code);
    };
    for (const threshold of [0, 1, -1, 7])
      await refused({ threshold }, "BAD_USER_INPUT");
    await refused({ ageGroup: "old" }, "BAD_USER_INPUT");
    await refused({ reason: " " }, "BAD_USER_INPUT");
    await refused({ reason: "x".repeat(1_001) }, "BAD_USER_INPUT");
    await refused({ threshold: null }, "BAD_USER_INPUT");
    await refused({ model: "f".repeat(64) }, "MODEL_CHANGED");
    await refused({ baseVersion: version - 1 }, "POLICY_CHANGED");
    expect((await newest()).version).toBe(version);
  });

  it("need two people where the policy says so, on this page and on that of policies", async () => {
    const version = await newSite("two");
    (await one.execute(SAVE_THRESHOLD, input(version))).refusedWith(
      "APPROVAL_NEEDED",
    );
    const save = (changes: Parameters<typeof aPolicy>[0]) =>
      one.execute(SAVE_POLICY, {
        input: {
          siteId,
          document: asInput(aPolicy(changes)),
          baseVersion: version,
          reason: "Alone",
        },
      });
    const thresholdDesk = { approval: "two" as const };
    const thresholds = [{ ...CHOSEN, model }];
    (await save({ thresholdDesk, thresholds })).refusedWith("APPROVAL_NEEDED");
    (await save({})).refusedWith("APPROVAL_NEEDED");
    (await save({ thresholdDesk, ceilings: { routine: 240 } })).anyData();
  });

  it("are proposed by one and approved by another: a version and both events", async () => {
    const version = await newSite("two");
    const answer = await one.execute(PROPOSE_THRESHOLD, input(version));
    const proposal = answer.anyData()["proposeThreshold"] as { id: string };
    expect(proposal).toMatchObject({
      state: "OPEN",
      isStale: false,
      isOwn: true,
      evidence: { cases: 0, after: { threshold: 0.7 } },
    });
    expect((await newest()).version).toBe(version);
    (
      await one.execute(PROPOSE_THRESHOLD, input(version, { threshold: 0.8 }))
    ).refusedWith("PROPOSAL_OPEN");
    for (const step of [APPROVE_THRESHOLD, DECLINE_THRESHOLD])
      (await one.execute(step, { id: proposal.id })).refusedWith(
        "OWN_PROPOSAL",
      );
    (await other.execute(WITHDRAW_THRESHOLD, { id: proposal.id })).refusedWith(
      "NOT_OWN_PROPOSAL",
    );
    const { result, events } = await recordedBy(server, () =>
      other.execute(APPROVE_THRESHOLD, { id: proposal.id }),
    );
    expect(result.anyData()).toEqual({
      approveThreshold: { state: "APPROVED", madeVersion: version + 1 },
    });
    expect(events.map(({ type }) => type).sort()).toEqual([
      "policy.changed",
      "threshold.approved",
    ]);
    expect(await newest()).toMatchObject({
      version: version + 1,
      reason: "Fewer alarms",
      byId: other.userId,
      document: {
        thresholds: [{ ...CHOSEN, model }],
        thresholdDesk: { approval: "two" },
      },
    });
    for (const step of [APPROVE_THRESHOLD, DECLINE_THRESHOLD])
      (await other.execute(step, { id: proposal.id })).refusedWith(
        "PROPOSAL_CLOSED",
      );
  });

  it("are declined by another with a reason, or taken back, and change nothing", async () => {
    const version = await newSite("two");
    const first = await propose(version);
    (
      await other.execute(DECLINE_THRESHOLD, { id: first, note: " " })
    ).refusedWith("BAD_USER_INPUT");
    const answer = await other.execute(DECLINE_THRESHOLD, { id: first });
    expect(answer.anyData()).toEqual({
      declineThreshold: { state: "DECLINED", note: "Too many alarms" },
    });
    const second = await propose(version);
    (await one.execute(WITHDRAW_THRESHOLD, { id: second })).anyData();
    (await other.execute(APPROVE_THRESHOLD, { id: second })).refusedWith(
      "PROPOSAL_CLOSED",
    );
    expect((await newest()).version).toBe(version);
  });

  it("go stale with another policy, and can then only be closed", async () => {
    const version = await newSite("two");
    const id = await propose(version);
    await givenPolicy(server, siteId, {
      thresholdDesk: { approval: "two" },
      ceilings: { routine: 240 },
    });
    (await other.execute(APPROVE_THRESHOLD, { id })).refusedWith(
      "PROPOSAL_STALE",
    );
    (await other.execute(DECLINE_THRESHOLD, { id })).anyData();
  });

  it("let one person be enough again only by two", async () => {
    const version = await newSite("two");
    const answer = await one.execute(
      `mutation ($siteId: ID!, $version: Int!) {
        proposeSingleApproval(siteId: $siteId, baseVersion: $version, reason: "Alone at night") { id kind threshold evidence { cases } } }`,
      { siteId, version },
    );
    const { id } = answer.anyData()["proposeSingleApproval"] as { id: string };
    (await one.execute(APPROVE_THRESHOLD, { id })).refusedWith("OWN_PROPOSAL");
    (await other.execute(APPROVE_THRESHOLD, { id })).anyData();
    expect((await newest()).document).toMatchObject({
      thresholdDesk: { approval: "one" },
    });
    (await one.execute(SAVE_THRESHOLD, input(version + 1))).anyData();
  });

  it("happen once, however many approve or propose at once", async () => {
    const version = await newSite("two");
    const proposals = await Promise.all(
      [one, other].map((by) => by.execute(PROPOSE_THRESHOLD, input(version))),
    );
    expect(proposals.map(({ code }) => code).sort()).toEqual(
      [null, "PROPOSAL_OPEN"].sort(),
    );
    const row = await server.database.client.thresholdProposal.findFirstOrThrow(
      { where: { siteId } },
    );
    const third = await asAdmin(server, siteId);
    const others = [one, other, third].filter(
      ({ userId }) => userId !== row.proposedById,
    );
    const approvals = await Promise.all(
      others.map((by) => by.execute(APPROVE_THRESHOLD, { id: row.id })),
    );
    expect(approvals.map(({ code }) => code).sort()).toEqual(
      [null, "PROPOSAL_CLOSED"].sort(),
    );
    expect((await newest()).version).toBe(version + 1);
  });

  it("cannot be approved by one alone in the database either", async () => {
    const version = await newSite("two");
    const id = await propose(version);
    const { client } = server.database;
    await expect(
      client.thresholdProposal.update({
        where: { id },
        data: {
          state: "APPROVED",
          closedById: one.userId,
          closedAt: server.clock.now(),
          madeVersion: 9,
        },
      }),
    ).rejects.toThrow(/two_people/);
    await expect(
      client.thresholdProposal.update({
        where: { id },
        data: { threshold: 0.1 },
      }),
    ).rejects.toThrow(/only closed, once/);
    await expect(
      client.thresholdProposal.delete({ where: { id } }),
    ).rejects.toThrow(/only closed, once/);
  });
});
