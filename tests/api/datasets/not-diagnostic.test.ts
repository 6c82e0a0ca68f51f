import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, type SignedIn } from "../../testkit/viewers.ts";

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
    const signedAt = server.clock.now();
    for (const decidedLabel of ["NORMAL", "NOT_DIAGNOSTIC"] as const)
      await aCase(server, siteId)
        .with({ state: "SIGNED", signedAt, decidedLabel })
        .create();
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
