import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CLAIM } from "./reading-documents.ts";

const FINDING = "findings { code presence side zones markIndexes }";
const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id label ${FINDING} } }`;
const AMEND = `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id label ${FINDING} } }`;
const SAVE = `mutation ($id: ID!, $input: ReadingDraftInput!) { saveReadingDraft(caseId: $id, input: $input) { id } }`;
const DRAFT = `query ($id: ID!) { case(id: $id) { viewerReading { draft { label ${FINDING} } } } }`;

const EFFUSION = {
  code: "effusion",
  presence: "PRESENT",
  side: "LEFT",
  zones: [],
  markIndexes: [0],
};
const PNEUMONIA = {
  code: "pneumonia",
  presence: "PRESENT",
  side: null,
  zones: [],
  markIndexes: [],
};

describe("the findings of a reading", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
  });
  afterAll(() => server.stop());

  async function claimed(): Promise<Scenario> {
    const scenario = await aCase(server, siteId)
      .notAssessed("lateral")
      .create();
    (await reader.execute(CLAIM, { id: scenario.case.id })).anyData();
    return scenario;
  }

  const mark = ({ image }: Scenario) => ({
    imageId: image.id,
    finding: "effusion",
    x: 1,
    y: 2,
    width: 30,
    height: 40,
  });

  const sign = (scenario: Scenario, said: Record<string, unknown>) =>
    reader.execute(SIGN, {
      input: {
        caseId: scenario.case.id,
        caseVersion: 2,
        decision: "INDEPENDENT",
        ...said,
      },
    });

  it("are signed with side and mark, on record, and kept by an amendment that says none", async () => {
    const scenario = await claimed();
    const { result, events } = await recordedBy(server, () =>
      sign(scenario, {
        label: "OTHER",
        findings: [EFFUSION],
        marks: [mark(scenario)],
      }),
    );
    const signed = result.anyData()["signReading"] as { id: string };
    expect(signed).toMatchObject({ findings: [EFFUSION] });
    expect(events).toMatchObject([
      { type: "reading.signed", after: { reading: { findings: [EFFUSION] } } },
    ]);
    const amended = await reader.execute(AMEND, {
      input: {
        versionId: signed.id,
        label: "PNEUMONIA",
        decision: "INDEPENDENT",
        amendReason: "Behind the effusion",
      },
    });
    expect(amended.anyData()["amendReading"]).toMatchObject({
      findings: [PNEUMONIA, EFFUSION],
    });
  });

  it("are what the label says where none are given", async () => {
    const signed = await sign(await claimed(), { label: "PNEUMONIA" });
    expect(signed.anyData()["signReading"]).toMatchObject({
      findings: [PNEUMONIA],
    });
  });

  it("are refused where they deny the label or name no mark", async () => {
    const scenario = await claimed();
    const normal = { label: "NORMAL", findings: [PNEUMONIA] };
    (await sign(scenario, normal)).refusedWith("FINDINGS_MISMATCH");
    const unmarked = { label: "OTHER", findings: [EFFUSION] };
    (await sign(scenario, unmarked)).refusedWith("BAD_USER_INPUT");
  });

  it("are kept in a draft, whether they fit the label yet or not", async () => {
    const scenario = await claimed();
    const { id } = scenario.case;
    const input = { label: "NORMAL", findings: [EFFUSION] };
    (await reader.execute(SAVE, { id, input })).anyData();
    const kept = await reader.execute(DRAFT, { id });
    expect(kept.anyData()["case"]).toMatchObject({
      viewerReading: { draft: { label: "NORMAL", findings: [EFFUSION] } },
    });
    const twice = { findings: [{ code: "gout", presence: "PRESENT" }] };
    (await reader.execute(SAVE, { id, input: twice })).refusedWith(
      "BAD_USER_INPUT",
    );
  });
});
