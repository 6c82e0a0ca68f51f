import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CASE, CLAIM, REVEAL, SIGN } from "./reading-documents.ts";

describe("signing a review", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let other: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    other = await asRadiologist(server, siteId);
  });

  afterAll(() => server.stop());

  /** A case that `reader` has claimed and seen the AI of: version 2. */
  async function claimed(probability: number | null): Promise<Scenario> {
    const builder = aCase(server, siteId);
    if (probability === null) builder.notAssessed("lateral");
    else builder.assessed(probability);
    const scenario = await builder.create();
    (await reader.execute(CLAIM, { id: scenario.case.id })).anyData();
    if (probability !== null) {
      (await reader.execute(REVEAL, { id: scenario.case.id })).anyData();
    }
    return scenario;
  }

  const input = (scenario: Scenario, decision: Record<string, unknown>) => ({
    input: { caseId: scenario.case.id, caseVersion: 2, ...decision },
  });

  it("takes the case off the unread list with what was decided", async () => {
    const scenario = await claimed(0.9);
    const { result, events } = await recordedBy(server, () =>
      reader.execute(
        SIGN,
        input(scenario, {
          label: "PNEUMONIA",
          decision: "CONFIRM",
          comment: "  lower left  ",
          predictionId: scenario.prediction?.id,
          marks: [
            {
              imageId: scenario.image.id,
              finding: "pneumonia",
              x: 10,
              y: 20,
              width: 100,
              height: 80,
            },
          ],
        }),
      ),
    );
    expect(result.anyData()["signReading"]).toMatchObject({
      version: 1,
      stage: "PRIMARY",
      comment: "lower left",
      isCurrent: true,
      supersedes: null,
      prediction: { id: scenario.prediction?.id },
      reader: { id: reader.userId },
      marks: [{ x: 10, y: 20, width: 100, height: 80 }],
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "reading.signed",
      actorId: reader.userId,
      siteId,
      patientId: scenario.patient.id,
      before: { case: { state: "READING", claimedById: reader.userId } },
      after: {
        case: {
          state: "SIGNED",
          claimedById: null,
          decidedLabel: "PNEUMONIA",
          agreesWithAi: true,
        },
        reading: { label: "PNEUMONIA", decision: "CONFIRM" },
      },
      details: { caseId: scenario.case.id },
    });
    const after = await reader.execute(CASE, { id: scenario.case.id });
    expect(after.anyData()["case"]).toMatchObject({
      state: "SIGNED",
      decidedLabel: "PNEUMONIA",
      agreesWithAi: true,
      viewerCanAmend: true,
      viewerCanSign: false,
    });
  });

  it("follows the AI against the reader's own opinion only with a reason", async () => {
    const { case: row, prediction } = await aCase(server, siteId)
      .assessed(0.9)
      .create();
    (await reader.execute(CLAIM, { id: row.id })).anyData();
    const shown = await reader.execute(REVEAL, { id: row.id, blind: "NORMAL" });
    const { version } = shown.anyData()["revealPrediction"] as {
      version: number;
    };
    const sign = (more: Record<string, unknown>) =>
      reader.execute(SIGN, {
        input: {
          caseId: row.id,
          caseVersion: version,
          label: "PNEUMONIA",
          decision: "CONFIRM",
          predictionId: prediction?.id,
          ...more,
        },
      });
    (await sign({})).refusedWith("CHANGE_REASON_REQUIRED");
    (await sign({ changeReason: "OTHER" })).refusedWith("BAD_USER_INPUT");
    // Keeping one's own is an override with a reason of its own.
    (
      await sign({
        label: "NORMAL",
        decision: "OVERRIDE",
        overrideReason: "FALSE_POSITIVE",
        changeReason: "SECOND_LOOK",
      })
    ).refusedWith("DECISION_MISMATCH");
    const { result, events } = await recordedBy(server, () =>
      sign({ changeReason: "REGION_SHOWN" }),
    );
    expect(result.anyData()["signReading"]).toMatchObject({
      label: "PNEUMONIA",
      decision: "CONFIRM",
      changeReason: "REGION_SHOWN",
    });
    expect(events[0]).toMatchObject({
      type: "reading.signed",
      after: { reading: { changeReason: "REGION_SHOWN" } },
    });
  });

  it("takes no reason for a change that is none", async () => {
    const scenario = await claimed(0.9);
    const decision = { label: "PNEUMONIA", decision: "CONFIRM" };
    (
      await reader.execute(
        SIGN,
        input(scenario, {
          ...decision,
          changeReason: "SECOND_LOOK",
          predictionId: scenario.prediction?.id,
        }),
      )
    ).refusedWith("DECISION_MISMATCH");
  });

  it.each([
    [0.9, { label: "NORMAL", decision: "CONFIRM" }, "DECISION_MISMATCH"],
    [0.9, { label: "PNEUMONIA", decision: "INDEPENDENT" }, "DECISION_MISMATCH"],
    [
      0.9,
      { label: "NORMAL", decision: "OVERRIDE" },
      "OVERRIDE_REASON_REQUIRED",
    ],
    [
      0.9,
      { label: "PNEUMONIA", decision: "OVERRIDE", overrideReason: "ARTEFACT" },
      "DECISION_MISMATCH",
    ],
    [
      0.1,
      {
        label: "NORMAL",
        decision: "OVERRIDE",
        overrideReason: "FALSE_POSITIVE",
      },
      "DECISION_MISMATCH",
    ],
    [
      0.9,
      { label: "NORMAL", decision: "OVERRIDE", overrideReason: "OTHER" },
      "BAD_USER_INPUT",
    ],
    [
      0.1,
      { label: "NORMAL", decision: "CONFIRM", overrideReason: "OTHER" },
      "DECISION_MISMATCH",
    ],
    [
      0.1,
      {
        label: "PNEUMONIA",
        decision: "OVERRIDE",
        overrideReason: "OTHER_CAUSE",
      },
      "DECISION_MISMATCH",
    ],
    [
      0.9,
      {
        label: "NORMAL",
        decision: "OVERRIDE",
        overrideReason: "TOO_EARLY",
      },
      "DECISION_MISMATCH",
    ],
    [null, { label: "NORMAL", decision: "CONFIRM" }, "DECISION_MISMATCH"],
    [
      0.9,
      { label: "PNEUMONIA", decision: "CONFIRM", caseVersion: 1 },
      "CASE_CHANGED",
    ],
    [
      0.9,
      {
        label: "PNEUMONIA",
        decision: "CONFIRM",
        predictionId: "00000000-0000-7000-8000-000000000000",
      },
      "PREDICTION_CHANGED",
    ],
  ])(
    "refuses what contradicts itself or is stale: AI %s, %o",
    async (probability, decision, code) => {
      const scenario = await claimed(probability);
      const { result, events } = await recordedBy(server, () =>
        reader.execute(SIGN, input(scenario, decision)),
      );
      result.refusedWith(code);
      expect(events).toEqual([]);
      const row = await server.database.client.case.findUniqueOrThrow({
        where: { id: scenario.case.id },
      });
      expect(row.state).toBe("READING");
    },
  );

  it.each([
    [
      0.9,
      {
        label: "NORMAL",
        decision: "OVERRIDE",
        overrideReason: "FALSE_POSITIVE",
      },
      false,
    ],
    [
      0.1,
      {
        label: "PNEUMONIA",
        decision: "OVERRIDE",
        overrideReason: "FALSE_NEGATIVE",
      },
      false,
    ],
    [
      0.9,
      {
        label: "PNEUMONIA",
        decision: "OVERRIDE",
        overrideReason: "WRONG_REGION",
      },
      false,
    ],
    [
      0.9,
      {
        label: "OTHER",
        decision: "OVERRIDE",
        overrideReason: "OTHER_CAUSE",
      },
      false,
    ],
    [
      0.1,
      {
        label: "PNEUMONIA",
        decision: "OVERRIDE",
        overrideReason: "TOO_EARLY",
      },
      false,
    ],
    [
      0.9,
      {
        label: "NORMAL",
        decision: "OVERRIDE",
        overrideReason: "TECHNIQUE",
      },
      false,
    ],
    [0.1, { label: "OTHER", decision: "CONFIRM" }, true],
    [null, { label: "PNEUMONIA", decision: "INDEPENDENT" }, null],
  ])("accepts AI %s, %o", async (probability, decision, agrees) => {
    const scenario = await claimed(probability);
    (await reader.execute(SIGN, input(scenario, decision))).anyData();
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: scenario.case.id },
    });
    expect(row).toMatchObject({ state: "SIGNED", agreesWithAi: agrees });
  });

  it("refuses marks outside their film and on films of other cases", async () => {
    const scenario = await claimed(0.9);
    const stranger = await aCase(server, siteId).create();
    const mark = { finding: "pneumonia", x: 0, y: 0, width: 10, height: 10 };
    for (const wrong of [
      { ...mark, imageId: scenario.image.id, x: 1020 },
      { ...mark, imageId: stranger.image.id },
      { ...mark, imageId: scenario.image.id, width: -1 },
      { ...mark, imageId: scenario.image.id, finding: "NGUYEN An, 1956" },
    ])
      (
        await reader.execute(
          SIGN,
          input(scenario, {
            label: "PNEUMONIA",
            decision: "CONFIRM",
            marks: [wrong],
          }),
        )
      ).refusedWith("BAD_USER_INPUT");
  });

  it("refuses a reader without the claim, and roles that do not sign", async () => {
    const scenario = await claimed(0.9);
    const decision = input(scenario, {
      label: "PNEUMONIA",
      decision: "CONFIRM",
    });
    (await other.execute(SIGN, decision)).refusedWith(
      "CASE_CLAIMED_BY_ANOTHER",
    );
    for (const viewer of [
      await asStaff(server, siteId),
      await asAdmin(server, siteId),
    ])
      (await viewer.execute(SIGN, decision)).refusedWith("FORBIDDEN");
    const waiting = await aCase(server, siteId).assessed(0.9).create();
    (
      await reader.execute(SIGN, {
        input: {
          caseId: waiting.case.id,
          caseVersion: 1,
          label: "PNEUMONIA",
          decision: "CONFIRM",
        },
      })
    ).refusedWith("CASE_NOT_CLAIMED");
  });

  it("lets exactly one of many simultaneous signatures win", async () => {
    const scenario = await claimed(0.9);
    const decision = input(scenario, {
      label: "PNEUMONIA",
      decision: "CONFIRM",
    });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => reader.execute(SIGN, decision)),
    );
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set([null, "CASE_ALREADY_SIGNED"]));
    expect(
      await server.database.client.readingVersion.count({
        where: { caseId: scenario.case.id },
      }),
    ).toBe(1);
  });
});
