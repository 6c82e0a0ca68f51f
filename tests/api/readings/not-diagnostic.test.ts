import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "./reading-documents.ts";

const STATE = `query ($id: ID!) { case(id: $id) {
  state decidedLabel agreesWithAi retakeAskedAt retakeDoneAt retakeReason viewerCanEndRetake
  signedVersions { label decision notDiagnosticReason retakeAsked prediction { id } }
} }`;
const AMEND = `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id label decision } }`;
const END = `mutation ($id: ID!, $reason: RetakeEnd!, $note: String) {
  endRetake(caseId: $id, reason: $reason, note: $note) { id retakeDoneAt }
}`;
const RETAKES = `query { worklist(filter: { awaitsRetake: true }, first: 50) { totalCount edges { node { id } } }
  worklistSummary { retakes } }`;

const NOTHING = {
  label: "NOT_DIAGNOSTIC",
  decision: "INDEPENDENT",
  notDiagnosticReason: "POSITION",
};

describe("a film that is not diagnostic", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
  });
  afterAll(() => server.stop());

  async function claimed(outcome: number | string): Promise<Scenario> {
    const builder = aCase(server, siteId);
    const scenario = await (
      typeof outcome === "number"
        ? builder.assessed(outcome)
        : builder.notAssessed(outcome)
    ).create();
    (await reader.execute(CLAIM, { id: scenario.case.id })).anyData();
    return scenario;
  }

  const sign = ({ case: row }: Scenario, said: Record<string, unknown>) =>
    reader.execute(SIGN, {
      input: { caseId: row.id, caseVersion: 2, ...said },
    });

  async function stateOf({ case: row }: Scenario, who = reader) {
    const answer = await who.execute(STATE, { id: row.id });
    return answer.anyData()["case"] as Record<string, unknown>;
  }

  const retakes = async () => {
    const data = (await staff.execute(RETAKES)).anyData() as {
      worklist: { totalCount: number; edges: { node: { id: string } }[] };
      worklistSummary: { retakes: number };
    };
    expect(data.worklist.totalCount).toBe(data.worklistSummary.retakes);
    return data.worklist.edges.map(({ node }) => node.id);
  };

  it("is signed with a reason, without a look at the AI, and agrees with nothing", async () => {
    const scenario = await claimed(0.9);
    const { result, events } = await recordedBy(server, () =>
      sign(scenario, NOTHING),
    );
    result.anyData();
    expect(events).toMatchObject([
      {
        type: "reading.signed",
        after: {
          case: { decidedLabel: "NOT_DIAGNOSTIC", state: "SIGNED" },
          reading: {
            label: "NOT_DIAGNOSTIC",
            decision: "INDEPENDENT",
            notDiagnosticReason: "POSITION",
            retakeAsked: false,
            predictionId: null,
          },
        },
      },
    ]);
    expect(await stateOf(scenario)).toMatchObject({
      decidedLabel: "NOT_DIAGNOSTIC",
      agreesWithAi: null,
      retakeAskedAt: null,
    });
  });

  it("keeps which answer the reader had seen, after a reveal", async () => {
    const scenario = await claimed(0.9);
    (
      await reader.execute(REVEAL, {
        id: scenario.case.id,
        blind: "NOT_DIAGNOSTIC",
      })
    ).anyData();
    (await sign(scenario, NOTHING)).anyData();
    const { signedVersions } = await stateOf(scenario);
    expect(signedVersions).toMatchObject([
      { decision: "INDEPENDENT", prediction: { id: scenario.prediction?.id } },
    ]);
  });

  it.each([
    [
      "without a reason",
      { notDiagnosticReason: null },
      "NOT_DIAGNOSTIC_REASON_REQUIRED",
    ],
    [
      "for another reason without words",
      { notDiagnosticReason: "OTHER" },
      "BAD_USER_INPUT",
    ],
    [
      "as an answer to the AI",
      { decision: "OVERRIDE", overrideReason: "POOR_QUALITY" },
      "DECISION_MISMATCH",
    ],
    ["as its confirmation", { decision: "CONFIRM" }, "DECISION_MISMATCH"],
  ])("is refused %s", async (_name, change, code) => {
    const scenario = await claimed(0.9);
    (await reader.execute(REVEAL, { id: scenario.case.id })).anyData();
    (await sign(scenario, { ...NOTHING, ...change })).refusedWith(code);
  });

  it("lends reason and retake to no other label", async () => {
    const scenario = await claimed("lateral");
    const normal = { label: "NORMAL", decision: "INDEPENDENT" };
    for (const more of [
      { notDiagnosticReason: "QUALITY" },
      { retakeAsked: true },
    ])
      (await sign(scenario, { ...normal, ...more })).refusedWith(
        "DECISION_MISMATCH",
      );
  });

  it("follows the AI after saying that the film says nothing only with a reason", async () => {
    const scenario = await claimed(0.1);
    (
      await reader.execute(REVEAL, {
        id: scenario.case.id,
        blind: "NOT_DIAGNOSTIC",
      })
    ).anyData();
    const follows = {
      label: "NORMAL",
      decision: "CONFIRM",
      predictionId: scenario.prediction?.id,
    };
    (await sign(scenario, follows)).refusedWith("CHANGE_REASON_REQUIRED");
    (
      await sign(scenario, { ...follows, changeReason: "SECOND_LOOK" })
    ).anyData();
  });

  it("asks the senders for another film until they say that none will come", async () => {
    const scenario = await claimed("not-a-chest-film");
    (await sign(scenario, { ...NOTHING, retakeAsked: true })).anyData();
    expect(await stateOf(scenario, staff)).toMatchObject({
      retakeReason: "POSITION",
      retakeAskedAt: expect.any(String),
      retakeDoneAt: null,
      viewerCanEndRetake: true,
    });
    expect(await retakes()).toContain(scenario.case.id);
    const end = (said: Record<string, unknown>) =>
      staff.execute(END, { id: scenario.case.id, ...said });
    (await end({ reason: "OTHER", note: "  " })).refusedWith("BAD_USER_INPUT");
    const { result, events } = await recordedBy(server, () =>
      end({ reason: "OTHER", note: " Went home " }),
    );
    result.anyData();
    expect(events).toMatchObject([
      {
        type: "case.retake-ended",
        actorId: staff.userId,
        before: { retakeDoneAt: null },
        after: { retakeDoneAt: expect.any(String) },
        details: { cause: "staff", reason: "OTHER", note: "Went home" },
      },
    ]);
    expect(await retakes()).not.toContain(scenario.case.id);
    (await end({ reason: "NOT_NEEDED" })).refusedWith("RETAKE_NOT_ASKED");
  });

  it("is no end of a retake for somebody of another hospital", async () => {
    const scenario = await claimed("not-a-chest-film");
    (await sign(scenario, { ...NOTHING, retakeAsked: true })).anyData();
    const other = await asStaff(server, (await aSite(server)).id);
    const refused = await other.execute(END, {
      id: scenario.case.id,
      reason: "NOT_NEEDED",
    });
    refused.refusedWith("NOT_FOUND");
  });

  it("takes the question back when the reading is amended to an answer", async () => {
    const scenario = await claimed("lateral");
    const signed = await sign(scenario, { ...NOTHING, retakeAsked: true });
    const { id } = signed.anyData()["signReading"] as { id: string };
    (
      await reader.execute(AMEND, {
        input: {
          versionId: id,
          label: "NORMAL",
          decision: "INDEPENDENT",
          amendReason: "Readable on the other screen",
        },
      })
    ).anyData();
    expect(await stateOf(scenario)).toMatchObject({
      decidedLabel: "NORMAL",
      retakeAskedAt: null,
      retakeReason: null,
    });
    expect(await retakes()).not.toContain(scenario.case.id);
  });

  it("is the way out for a picture that the gate took for no chest film", async () => {
    const scenario = await claimed("not-a-chest-film");
    const normal = { label: "NORMAL", decision: "INDEPENDENT" };
    (await sign(scenario, normal)).refusedWith("CHEST_FILM_UNCONFIRMED");
    const { result, events } = await recordedBy(server, () =>
      sign(scenario, { ...normal, confirmsChestFilm: true }),
    );
    result.anyData();
    expect(events).toMatchObject([
      { type: "reading.signed", details: { confirmsChestFilm: true } },
    ]);
    const lateral = await claimed("lateral");
    (await sign(lateral, normal)).anyData();
  });
});
