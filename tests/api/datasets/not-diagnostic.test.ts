import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { CLAIM, SIGN } from "../readings/reading-documents.ts";

const PREVIEW = `query ($filter: DatasetFilter!) {
  datasetPreview(filter: $filter) { cases films normal pneumonia other }
}`;

describe("films that are not diagnostic", () => {
  let server: TestServer;
  let admin: SignedIn;
  let siteId: string;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    const reader = await asRadiologist(server, siteId);
    for (const said of [
      { label: "NORMAL" },
      { label: "NOT_DIAGNOSTIC", notDiagnosticReason: "QUALITY" },
    ]) {
      const { case: row } = await aCase(server, siteId)
        .notAssessed("lateral")
        .create();
      (await reader.execute(CLAIM, { id: row.id })).anyData();
      const input = { caseId: row.id, caseVersion: 2, decision: "INDEPENDENT" };
      (await reader.execute(SIGN, { input: { ...input, ...said } })).anyData();
    }
  });
  afterAll(() => server.stop());

  it("are in no export, as they are examples of nothing", async () => {
    const preview = await admin.execute(PREVIEW, { filter: { siteId } });
    expect(preview.anyData()["datasetPreview"]).toEqual({
      cases: 1,
      films: 1,
      normal: 1,
      pneumonia: 0,
      other: 0,
    });
  });

  it("cannot be asked for by their label either", async () => {
    const filter = { siteId, labels: ["NOT_DIAGNOSTIC"] };
    (await admin.execute(PREVIEW, { filter })).refusedWith("BAD_USER_INPUT");
  });
});
