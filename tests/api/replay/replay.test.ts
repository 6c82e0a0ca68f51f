import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SHIPPED_POLICY } from "../../../apps/api/src/features/policies/shipped-policy.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const REPLAY = `query ($input: ReplayInput!) {
  replay(input: $input) {
    cases isCapped days load
    results {
      order curve
      all { cases median p90 longest }
      positives { cases longest }
      classes { urgency pastCeiling waits { cases longest } }
    }
  }
}`;

interface Result {
  order: string;
  all: { cases: number; longest: number } | null;
  positives: { cases: number; longest: number } | null;
  classes: { urgency: string; pastCeiling: number; waits: { cases: number } }[];
  curve: number[];
}

describe("the replay", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
  });

  async function replay(input: object) {
    const answer = await admin.execute(REPLAY, {
      input: { siteId, ...input },
    });
    return answer.anyData()["replay"] as {
      cases: number;
      days: number;
      load: number;
      results: Result[];
    };
  }

  /** A policy as it goes into a request: enums in capitals. */
  const draft = (ceiling: number) => ({
    ...SHIPPED_POLICY,
    urgency: {
      ...SHIPPED_POLICY.urgency,
      flags: SHIPPED_POLICY.urgency.flags.map(({ flag, effect }) => ({
        flag,
        effect: effect.toUpperCase(),
      })),
    },
    ceilings: {
      critical: ceiling,
      urgent: ceiling,
      soon: ceiling,
      routine: ceiling,
    },
    reading: { ...SHIPPED_POLICY.reading, mode: "BLIND" },
    thresholdDesk: { approval: "ONE" },
  });

  it("shows for an invented month that the AI alone lets some wait longest", async () => {
    const { cases, days, results } = await replay({
      casesPerDay: 200,
      readers: 1,
      minutesPerCase: 6,
      seed: 1,
    });
    expect(days).toBe(30);
    expect(results.map(({ order }) => order)).toEqual([
      "FIRST_COME",
      "AI_ONLY",
      "POLICY",
    ]);
    const [firstCome, aiOnly, policy] = results;
    expect(firstCome?.all?.cases).toBe(cases);
    expect(aiOnly?.all?.longest).toBeGreaterThan(
      2 * (firstCome?.all?.longest ?? Infinity),
    );
    expect(policy?.all?.longest).toBeLessThan(
      1.5 * (firstCome?.all?.longest ?? 0),
    );
    // What the order is for: pneumonias wait less than when first come.
    const meanOf = (result: Result | undefined): number =>
      result?.curve[25] ?? NaN;
    expect(meanOf(aiOnly)).toBeLessThan(meanOf(firstCome));
  });

  it("is the same month twice for one seed", async () => {
    const input = { casesPerDay: 60, readers: 2, seed: 9 };
    expect(await replay(input)).toEqual(await replay(input));
    expect(await replay({ ...input, seed: 10 })).not.toEqual(
      await replay(input),
    );
  });

  it("compares a policy that is being edited with the one in force", async () => {
    const { results } = await replay({
      casesPerDay: 200,
      document: draft(30),
    });
    expect(results.map(({ order }) => order)).toContain("DRAFT");
  });

  it("plays the site's own cases, and nobody else's", async () => {
    const hours = (count: number): Date =>
      new Date(server.clock.now().getTime() - count * 3_600_000);
    for (let n = 0; n < 3; n++) {
      await aCase(server, siteId)
        .assessed(0.9)
        .with({
          arrivedAt: hours(30),
          state: "SIGNED",
          decidedLabel: n === 0 ? "PNEUMONIA" : "NORMAL",
        })
        .create();
    }
    // Before the week, and at another hospital.
    await aCase(server, siteId)
      .with({ arrivedAt: hours(200) })
      .create();
    const elsewhere = await aSite(server);
    await aCase(server, elsewhere.id)
      .with({ arrivedAt: hours(30) })
      .create();
    const { cases, results, load } = await replay({ ownWeeks: 1, readers: 1 });
    expect(cases).toBe(3);
    expect(load).toBeGreaterThan(0);
    expect(results[2]?.positives?.cases).toBe(1);
    expect(results[2]?.classes).toHaveLength(1);
    expect(results[2]?.classes[0]?.waits.cases).toBe(3);
  });

  it("has nothing to show where no case came", async () => {
    const { cases, results } = await replay({ ownWeeks: 2 });
    expect(cases).toBe(0);
    expect(results[0]?.all).toBeNull();
  });

  it("refuses who may not edit the policy, other sites and odd numbers", async () => {
    const staff = await asStaff(server, siteId);
    (await staff.execute(REPLAY, { input: { siteId } })).refusedWith(
      "FORBIDDEN",
    );
    const elsewhere = await aSite(server);
    const of = (input: object) =>
      admin.execute(REPLAY, { input: { siteId, ...input } });
    (await of({ siteId: elsewhere.id })).refusedWith("NOT_FOUND");
    for (const odd of [
      { readers: 0 },
      { readers: 21 },
      { minutesPerCase: 0 },
      { casesPerDay: 1e6 },
      { ownWeeks: 9 },
      { seed: -1 },
    ]) {
      (await of(odd)).refusedWith("BAD_USER_INPUT");
    }
  });
});
