import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, type SignedIn } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "./reading-documents.ts";

/** Against a threshold of 0.5. */
const POSITIVE = 0.9;
const NEGATIVE = 0.1;

describe("agreeing with the AI in part", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
  });
  afterAll(() => server.stop());

  async function signing(
    said: object,
    probability = POSITIVE,
    blind: string | null = null,
  ) {
    const { case: row } = await aCase(server, siteId)
      .assessed(probability)
      .create();
    await reader.execute(CLAIM, { id: row.id });
    await reader.execute(REVEAL, { id: row.id, blind });
    const answer = await reader.execute(SIGN, {
      input: {
        caseId: row.id,
        caseVersion: 2,
        label: "PNEUMONIA",
        decision: "PARTLY",
        ...said,
      },
    });
    return { answer, caseId: row.id };
  }

  it.each([
    ["WRONG_REGION", "PNEUMONIA", POSITIVE],
    ["MISSED_BY_AI", "PNEUMONIA", POSITIVE],
    ["TOO_EARLY", "PNEUMONIA", POSITIVE],
    ["OTHER_CAUSE", "PNEUMONIA", POSITIVE],
    ["ARTEFACT", "NORMAL", NEGATIVE],
    ["TECHNIQUE", "NORMAL", NEGATIVE],
    ["POOR_QUALITY", "OTHER", NEGATIVE],
    ["MISSED_BY_AI", "OTHER", NEGATIVE],
  ])("for %s of %s", async (overrideReason, label, probability) => {
    const { answer } = await signing({ overrideReason, label }, probability);
    expect(answer.anyData()["signReading"]).toMatchObject({
      decision: "PARTLY",
      label,
      overrideReason,
    });
  });

  it.each([
    [null, "PNEUMONIA", POSITIVE, "OVERRIDE_REASON_REQUIRED"],
    ["FALSE_POSITIVE", "PNEUMONIA", POSITIVE, "DECISION_MISMATCH"],
    ["WRONG_REGION", "NORMAL", POSITIVE, "DECISION_MISMATCH"],
    ["WRONG_REGION", "NORMAL", NEGATIVE, "DECISION_MISMATCH"],
    ["MISSED_BY_AI", "NORMAL", NEGATIVE, "DECISION_MISMATCH"],
    ["OTHER", "PNEUMONIA", POSITIVE, "BAD_USER_INPUT"],
  ])(
    "not for %s of %s at %d",
    async (overrideReason, label, probability, code) => {
      const { answer } = await signing({ overrideReason, label }, probability);
      answer.refusedWith(code);
    },
  );

  it("is no reason for an override, and an override none for it", async () => {
    const missed = { overrideReason: "MISSED_BY_AI", decision: "OVERRIDE" };
    (await signing(missed)).answer.refusedWith("DECISION_MISMATCH");
    const confirmed = { overrideReason: "ARTEFACT", decision: "CONFIRM" };
    (await signing(confirmed)).answer.refusedWith("DECISION_MISMATCH");
  });

  it("against one's own blind opinion needs what changed it", async () => {
    const said = { overrideReason: "WRONG_REGION" };
    const bare = await signing(said, POSITIVE, "NORMAL");
    bare.answer.refusedWith("CHANGE_REASON_REQUIRED");
    const explained = { ...said, changeReason: "SECOND_LOOK" };
    const { answer } = await signing(explained, POSITIVE, "NORMAL");
    expect(answer.anyData()["signReading"]).toMatchObject({
      decision: "PARTLY",
      changeReason: "SECOND_LOOK",
    });
  });

  it("counts the reader's label, as agreement, and in the reader's figures", async () => {
    const { caseId } = await signing({ overrideReason: "WRONG_REGION" });
    const { client } = server.database;
    const row = await client.case.findUniqueOrThrow({ where: { id: caseId } });
    expect(row).toMatchObject({
      decidedLabel: "PNEUMONIA",
      agreesWithAi: true,
    });
    const label = await client.caseLabel.findFirstOrThrow({
      where: { caseId, until: null },
    });
    expect(label).toMatchObject({ label: "PNEUMONIA", present: ["pneumonia"] });
    const own = (
      await reader.execute("{ myReading(weeks: 1) { partly overrides } }", {})
    ).anyData()["myReading"];
    const board = await reader.execute(
      `query ($id: ID!) { board(siteId: $id) { decisions { confirmed partly overridden } } }`,
      { id: siteId },
    );
    const partly = await client.readingVersion.count({
      where: { siteId, decision: "PARTLY" },
    });
    expect(partly).toBeGreaterThan(5);
    expect(own).toEqual({ partly, overrides: 0 });
    expect(board.anyData()["board"]).toEqual({
      decisions: { confirmed: 0, partly, overridden: 0 },
    });
  });

  it("keeps its reason over an amendment of the same answer", async () => {
    const { answer } = await signing({ overrideReason: "WRONG_REGION" });
    const { id } = answer.anyData()["signReading"] as { id: string };
    const amended = await reader.execute(
      `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { version decision overrideReason } }`,
      {
        input: {
          versionId: id,
          label: "PNEUMONIA",
          decision: "PARTLY",
          overrideReason: "MISSED_BY_AI",
          amendReason: "Second look",
        },
      },
    );
    expect(amended.anyData()["amendReading"]).toEqual({
      version: 2,
      decision: "PARTLY",
      overrideReason: "MISSED_BY_AI",
    });
  });
});
