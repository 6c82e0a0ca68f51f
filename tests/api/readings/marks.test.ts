import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL } from "./reading-documents.ts";

const MARK = "marks { imageId kind points finding x y width height }";
const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id ${MARK} } }`;
const AMEND = `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id ${MARK} } }`;
const SAVE = `mutation ($id: ID!, $input: ReadingDraftInput!) { saveReadingDraft(caseId: $id, input: $input) { id } }`;
const READ = `query ($id: ID!) { case(id: $id) { viewerReading { draft { ${MARK} } } signedVersions { ${MARK} } } }`;

/** One of every kind, with fractions of a pixel. */
const SHAPES = [
  { kind: "BOX", finding: "pneumonia", points: [90.5, 40.25, 10.13, 20] },
  { kind: "ELLIPSE", finding: "effusion", points: [10.25, 20.5, 300.75, 400] },
  {
    kind: "FREEHAND",
    finding: "pneumonia",
    points: [1.01, 2.02, 50.5, 3, 30, 60.99, 7, 8.5],
  },
  { kind: "RULER", finding: null, points: [90, 10, 5.55, 10] },
  { kind: "ANGLE", finding: null, points: [0, 0, 50.5, 50, 100, 0] },
  { kind: "RATIO", finding: null, points: [30, 50, 70, 50, 10, 60, 90, 60] },
];

describe("marks of every kind", () => {
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
    const scenario = await aCase(server, siteId).assessed(0.9).create();
    const { id } = scenario.case;
    (await reader.execute(CLAIM, { id })).anyData();
    (await reader.execute(REVEAL, { id })).anyData();
    return scenario;
  }

  const drawnOn = ({ image }: Scenario) =>
    SHAPES.map((shape) => ({ imageId: image.id, ...shape }));

  it("come back from draft, signature and amendment as they were drawn", async () => {
    const scenario = await claimed();
    const { id } = scenario.case;
    const marks = drawnOn(scenario);
    (await reader.execute(SAVE, { id, input: { marks } })).anyData();
    const kept = (await reader.execute(READ, { id })).anyData();
    expect(kept["case"]).toMatchObject({ viewerReading: { draft: { marks } } });

    const { result, events } = await recordedBy(server, () =>
      reader.execute(SIGN, {
        input: {
          caseId: id,
          caseVersion: 2,
          label: "PNEUMONIA",
          decision: "CONFIRM",
          marks,
        },
      }),
    );
    const version = result.anyData()["signReading"];
    expect(version).toMatchObject({ marks });
    expect(events.map(({ type }) => type)).toEqual(["reading.signed"]);
    expect(events[0]).toMatchObject({
      after: { reading: { marks } },
    });

    // The document selects it.
    const { id: versionId } = version as { id: string };
    const amended = await reader.execute(AMEND, {
      input: {
        versionId,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        amendReason: "Second look",
      },
    });
    expect(amended.anyData()["amendReading"]).toMatchObject({ marks });
  });

  it("teach regions, never measurements", async () => {
    const scenario = await claimed();
    const { id } = scenario.case;
    const input = {
      caseId: id,
      caseVersion: 2,
      label: "PNEUMONIA",
      decision: "CONFIRM",
      marks: drawnOn(scenario),
    };
    (await reader.execute(SIGN, { input })).anyData();
    const label = await server.database.client.caseLabel.findFirstOrThrow({
      where: { caseId: id },
    });
    expect(label.regions).toMatchObject([
      { kind: "BOX" },
      { kind: "ELLIPSE", finding: "effusion" },
      { kind: "FREEHAND", points: SHAPES[2]?.points },
    ]);
    expect(label.present).toEqual(["effusion", "pneumonia"]);
  });

  it("are refused in a draft where a coordinate is none", async () => {
    const scenario = await claimed();
    const { id } = scenario.case;
    const [box] = drawnOn(scenario);
    const marks = [{ ...box, points: [-1, 2, 3, 4] }];
    (await reader.execute(SAVE, { id, input: { marks } })).refusedWith(
      "BAD_USER_INPUT",
    );
  });
});
