import { withTransaction, type ModelVersion } from "@lung-iris/prisma";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askModels } from "../../../apps/api/src/features/predictions/ask-models.ts";
import { SHADOW_WAITING_BOUND } from "../../../apps/api/src/features/predictions/shadow-load.ts";
import { recalibratedFolder, registerBeside } from "../../testkit/models.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, type SignedIn } from "../../testkit/viewers.ts";

const COMPARISON = `query ($siteId: ID!, $id: ID!) {
  shadowComparison(siteId: $siteId, modelVersionId: $id) {
    filmLimit endsAt answered passedOver } }`;

describe("a shadow under load", () => {
  let server: TestServer;
  let folder: string;
  let siteId: string;
  let admin: SignedIn;
  let live: ModelVersion;
  let shadow: ModelVersion;

  beforeAll(async () => {
    folder = await recalibratedFolder();
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    [live, shadow] = await registerBeside(server, folder);
    const start = await admin.execute(
      `mutation ($input: StartShadowInput!) { startShadow(input: $input) { id } }`,
      {
        input: {
          modelVersionId: shadow.id,
          siteId,
          films: 400,
          days: 7,
          reason: "to see",
        },
      },
    );
    start.anyData();
  });
  afterAll(async () => {
    await server.stop();
    await rm(dirname(folder), { recursive: true });
  });

  const ask = (imageIds: readonly string[]) =>
    withTransaction(server.appDatabase.client, (tx) =>
      askModels(tx, siteId, imageIds, "arrived"),
    );
  const jobsOf = async ({ id }: ModelVersion) => {
    const [row] = await server.database.client.$queryRaw<{ jobs: number }[]>`
      SELECT count(*)::int AS "jobs" FROM graphile_worker._private_jobs
      WHERE key LIKE ${`assess-image:%:${id}`}`;
    return row?.jobs ?? 0;
  };
  const compared = async () =>
    (await admin.execute(COMPARISON, { siteId, id: shadow.id })).anyData()[
      "shadowComparison"
    ];

  it("is asked while few films wait for the live model, and passed over, counted, while many do", async () => {
    const films: string[] = [];
    for (let at = 0; at < SHADOW_WAITING_BOUND + 5; at += 1)
      films.push((await aCase(server, siteId).create()).image.id);
    const [first, ...others] = films;
    await ask([first ?? ""]);
    expect([await jobsOf(live), await jobsOf(shadow)]).toEqual([1, 1]);
    await ask(others);
    // Who waits for the AI is never passed over.
    expect(await jobsOf(live)).toBe(SHADOW_WAITING_BOUND + 5);
    expect(await jobsOf(shadow)).toBe(SHADOW_WAITING_BOUND);
    expect(await compared()).toMatchObject({
      filmLimit: 400,
      endsAt: expect.any(String),
      answered: 0,
      passedOver: 5,
    });
    // Once the queue is short again, it looks along again.
    await server.database.client.$executeRaw`
      DELETE FROM graphile_worker._private_jobs`;
    const passed = films.slice(-1);
    await ask(passed);
    expect(await jobsOf(shadow)).toBe(1);
    expect(await compared()).toMatchObject({ passedOver: 5 });
    await server.database.client.prediction.create({
      data: {
        imageId: passed[0] ?? "",
        modelVersionId: shadow.id,
        role: "SHADOW",
        gateStatus: "ASSESSED",
        engine: "wasm",
        milliseconds: 12,
      },
    });
    expect(await compared()).toMatchObject({ answered: 1, passedOver: 4 });
  });
});
