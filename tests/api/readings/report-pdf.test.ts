import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filmKey } from "../../../apps/api/src/features/films/film-keys.ts";
import { putBytes } from "../../../apps/api/src/platform/object-store.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng } from "../../testkit/films.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL } from "./reading-documents.ts";

const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`;
const AMEND = `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id } }`;

describe("a report as a PDF", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
  });

  afterAll(() => server.stop());

  async function signed(): Promise<{ id: string; scenario: Scenario }> {
    const scenario = await aCase(server, siteId).assessed(0.9).create();
    const { case: row, image } = scenario;
    await reader.execute(CLAIM, { id: row.id });
    await reader.execute(REVEAL, { id: row.id });
    const marks = [
      {
        imageId: image.id,
        finding: "pneumonia",
        x: 5,
        y: 5,
        width: 50,
        height: 50,
      },
    ];
    const answer = await reader.execute(SIGN, {
      input: {
        caseId: row.id,
        caseVersion: 2,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        marks,
      },
    });
    // The document selects it.
    const { id } = answer.anyData()["signReading"] as { id: string };
    return { id, scenario };
  }

  const pdf = async (viewer: SignedIn, id: string, suffix = ".pdf") => {
    const response = await viewer.fetch(`/reports/${id}${suffix}`);
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };

  it("is the film's picture and the text, and stands in the trail as taken out", async () => {
    const { id, scenario } = await signed();
    const bare = await pdf(reader, id);
    await putBytes(
      server.objectStore,
      filmKey(scenario.image.sha256),
      await chestPng(7),
    );
    const { result, events } = await recordedBy(server, () => pdf(reader, id));
    expect(result.status).toBe(200);
    expect(result.headers.get("content-type")).toBe("application/pdf");
    expect(result.headers.get("cache-control")).toBe("no-store");
    expect(result.headers.get("content-disposition")).toBe(
      `inline; filename="report-${id}.pdf"`,
    );
    expect(result.bytes.toString("latin1")).toContain("/DCTDecode");
    // Without the film's file the words go out all the same.
    expect(bare.status).toBe(200);
    expect(bare.bytes.toString("latin1")).not.toContain("/DCTDecode");
    expect(events).toMatchObject([
      {
        type: "report.exported",
        actorId: reader.userId,
        subjectId: id,
        patientId: scenario.patient.id,
        details: { version: 1, withAi: true, isForPrint: false },
      },
    ]);
  });

  it("tells a reader who has not seen the AI nothing of it", async () => {
    const { id } = await signed();
    const other = await asRadiologist(server, siteId);
    const staff = await asStaff(server, siteId);
    const blind = await recordedBy(server, () => pdf(other, id, "/print.pdf"));
    expect(blind.result.status).toBe(200);
    expect(blind.events).toMatchObject([
      { details: { withAi: false, isForPrint: true } },
    ]);
    const whole = await recordedBy(server, () => pdf(staff, id));
    expect(whole.events).toMatchObject([{ details: { withAi: true } }]);
    expect(whole.result.bytes.length).toBeGreaterThan(
      blind.result.bytes.length,
    );
  });

  it("is there of every version", async () => {
    const { id } = await signed();
    const answer = await reader.execute(AMEND, {
      input: {
        versionId: id,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        amendReason: "Second look",
      },
    });
    const next = answer.anyData()["amendReading"] as { id: string };
    expect((await pdf(reader, id)).status).toBe(200);
    const { events } = await recordedBy(server, () => pdf(reader, next.id));
    expect(events).toMatchObject([{ details: { version: 2 } }]);
  });

  it("does not exist for another site, for no session and under no such id", async () => {
    const { id } = await signed();
    const elsewhere = await asRadiologist(server, (await aSite(server)).id);
    expect((await pdf(elsewhere, id)).status).toBe(404);
    expect((await pdf(reader, "x")).status).toBe(404);
    const nobody = await fetch(`${server.address}/reports/${id}.pdf`);
    expect(nobody.status).toBe(401);
  });
});
