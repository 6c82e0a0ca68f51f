import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";

const PREVIEW = `query ($filter: DatasetFilter!) {
  datasetPreview(filter: $filter) { cases agreed overridden changedMind }
}`;

describe("what an export would hold", () => {
  let server: TestServer;
  let admin: SignedIn;
  let reader: SignedIn;
  let siteId: string;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    reader = await asRadiologist(server, siteId);
  });
  afterAll(() => server.stop());

  /** The AI says pneumonia; the reader says one thing blind, signs another. */
  async function sign(
    opinion: string | null,
    said: Record<string, string>,
  ): Promise<void> {
    const { case: row } = await aCase(server, siteId).assessed(0.9).create();
    const { id } = row;
    (await reader.execute(CLAIM, { id })).anyData();
    (await reader.execute(REVEAL, { id, blind: opinion })).anyData();
    const { version } = await server.database.client.case.findUniqueOrThrow({
      where: { id },
    });
    const input = { caseId: id, caseVersion: version, ...said };
    (await reader.execute(SIGN, { input })).anyData();
  }

  it("counts who changed his mind apart from who agrees with the AI", async () => {
    await sign("PNEUMONIA", { label: "PNEUMONIA", decision: "CONFIRM" });
    await sign("NORMAL", {
      label: "PNEUMONIA",
      decision: "CONFIRM",
      changeReason: "SECOND_LOOK",
    });
    await sign("NORMAL", {
      label: "NORMAL",
      decision: "OVERRIDE",
      overrideReason: "FALSE_POSITIVE",
    });
    // Nothing was said before the AI: nothing was changed.
    await sign(null, { label: "PNEUMONIA", decision: "CONFIRM" });
    const preview = await admin.execute(PREVIEW, { filter: { siteId } });
    expect(preview.anyData()["datasetPreview"]).toEqual({
      cases: 4,
      agreed: 3,
      overridden: 1,
      changedMind: 1,
    });
  });
});
