import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { defaultModelDir } from "@lung-iris/inference";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { recalibratedFolder } from "../../testkit/models.ts";
import { promotedByTwo } from "../../testkit/promotions.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asStaff } from "../../testkit/viewers.ts";
import {
  startTestWorker,
  until,
  type TestWorker,
} from "../../testkit/worker.ts";

const ROLL_BACK = `mutation ($input: DecidePromotionInput!) {
  rollBackPromotion(input: $input) { state } }`;

describe("a promotion that is taken back", () => {
  let server: TestServer;
  let worker: TestWorker;
  let folder: string;

  beforeAll(async () => {
    folder = await recalibratedFolder();
    server = await startTestServer({ films: true });
    await aSite(server);
    worker = await startTestWorker(server, {
      modelDirs: [defaultModelDir(), folder],
    });
  }, 400_000);
  afterAll(async () => {
    await worker.stop();
    await server.stop();
    await rm(dirname(folder), { recursive: true });
  });

  it("has the next film answered by what was live before", async () => {
    const { client } = server.database;
    const siteId = (await aSite(server)).id;
    const staff = await asStaff(server, siteId);
    const admin = await asAdmin(server, siteId);
    const second = await asAdmin(server, siteId);
    const candidate = await client.modelVersion.findFirstOrThrow({
      where: { name: "recalibrated" },
    });
    const answers = async (imageId: string) =>
      (
        await client.prediction.findMany({
          where: { imageId, role: "LIVE" },
          include: { modelVersion: true },
        })
      ).map(({ modelVersion }) => modelVersion.name);
    const id = await promotedByTwo(
      server,
      [admin, second],
      siteId,
      candidate.id,
    );
    const under = await uploadOne(staff, await chestPng(801));
    await until(
      async () => (await answers(under.imageId)).length > 0,
      "the promoted model has not answered",
    );
    expect(await answers(under.imageId)).toEqual(["recalibrated"]);

    const input = { promotionId: id, reason: "it was a test" };
    const rolledBack = await admin.execute(ROLL_BACK, { input });
    expect(rolledBack.anyData()["rollBackPromotion"]).toEqual({
      state: "ROLLED_BACK",
    });
    const after = await uploadOne(staff, await chestPng(802));
    await until(
      async () => (await answers(after.imageId)).length > 0,
      "the model of before has not answered",
    );
    const names = await answers(after.imageId);
    expect(names).toHaveLength(1);
    expect(names).not.toContain("recalibrated");
    // The open film of before is asked about again, by the model of before.
    await until(
      async () => (await answers(under.imageId)).length > 1,
      "the open film was not asked about again",
    );
  });
});
