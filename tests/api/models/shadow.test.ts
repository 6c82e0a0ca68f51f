import { defaultModelDir } from "@lung-iris/inference";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEADING_FINDING } from "../../../apps/api/src/features/findings/finding-catalogue.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { recalibratedFolder } from "../../testkit/models.ts";
import { promotedByTwo } from "../../testkit/promotions.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import {
  startTestWorker,
  until,
  untilNoJob,
  type TestWorker,
} from "../../testkit/worker.ts";

/** Two real folders, each on a worker of its own, as on two machines. */
let server: TestServer;
let folder: string;
let withFirst: TestWorker;
let withSecond: TestWorker;
let staff: SignedIn;
let admin: SignedIn;
let siteId: string;

beforeAll(async () => {
  folder = await recalibratedFolder();
  server = await startTestServer({ films: true });
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
  admin = await asAdmin(server, siteId);
  withFirst = await startTestWorker(server, { modelDirs: [defaultModelDir()] });
  withSecond = await startTestWorker(server, { modelDirs: [folder] });
  // Two workers load their models here, where others wait for none.
}, 400_000);
afterAll(async () => {
  await withFirst.stop();
  await withSecond.stop();
  await server.stop();
  await rm(dirname(folder), { recursive: true });
});

const modelCalled = (name: string) =>
  server.database.client.modelVersion.findFirstOrThrow({ where: { name } });
const startShadow = async (name: string): Promise<void> => {
  const { id } = await modelCalled(name);
  const query = `mutation ($input: StartShadowInput!) { startShadow(input: $input) { id } }`;
  const input = {
    modelVersionId: id,
    siteId,
    films: 100,
    reason: "the test asks for it",
  };
  (await admin.execute(query, { input })).anyData();
};
const promote = async (name: string): Promise<void> => {
  const { id } = await modelCalled(name);
  const second = await asAdmin(server, siteId);
  await promotedByTwo(server, [admin, second], siteId, id);
};
/** With the leading finding only: rows of several come in any order. */
const predictionsOf = (imageId: string) =>
  server.database.client.prediction.findMany({
    where: { imageId },
    include: {
      findings: { where: { code: LEADING_FINDING } },
      modelVersion: true,
    },
    orderBy: { id: "asc" },
  });

/** Everything that a screen asks of a case, as the API words it. */
async function screens(caseId: string): Promise<string> {
  const answer = await staff.execute(
    `query ($id: ID!) {
      worklist(first: 50) { edges { node { id state assessment urgency
        urgencyReasons probability threshold version } } totalCount }
      case(id: $id) {
        id state assessment urgency urgencyReasons probability threshold version
        study { images { id prediction { id assessed role modelVersion { name }
          findings { code score probability low high threshold positive }
          activationMaps { finding values } boxes { finding x y score } } } }
        history(first: 50) { edges { node { type subjectId details } } }
      }
    }`,
    { id: caseId },
  );
  return JSON.stringify(answer.anyData());
}

/** A film that the live model has looked at, and whoever runs beside it. */
async function film(seed: number) {
  const sent = await uploadOne(staff, await chestPng(seed, 512));
  await untilNoJob(server);
  return sent;
}

describe("a second model", { timeout: 400_000 }, () => {
  it("is not asked and promotes nothing by lying in a worker's folder", async () => {
    const { imageId } = await film(1);
    const made = await predictionsOf(imageId);
    expect(
      made.map(({ role, modelVersion }) => [role, modelVersion.name]),
    ).toEqual([["LIVE", await liveName()]]);
    expect(await liveName()).not.toBe("recalibrated");
    expect(withSecond.modelSha256s()).toEqual([]);
    expect(server.logLines.join("")).toContain(
      "the live model's folder is not on this machine",
    );
  });

  it("changes no list, screen, signature or history as a shadow", async () => {
    await startShadow("recalibrated");
    await until(
      () => Promise.resolve(withSecond.modelSha256s().length === 1),
      "the second worker has not loaded the shadow",
    );
    const { caseId, imageId } = await film(2);
    const made = await predictionsOf(imageId);
    expect(made).toHaveLength(2);
    const live = made.find(({ role }) => role === "LIVE");
    const shadow = made.find(({ role }) => role === "SHADOW");
    expect(shadow?.modelVersion.name).toBe("recalibrated");
    const [ofLive] = live?.findings ?? [];
    const [ofShadow] = shadow?.findings ?? [];
    // It does say something else, so what follows can fail.
    expect(ofShadow?.probability).toBeGreaterThan(ofLive?.probability ?? 1);
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: caseId },
    });
    expect(row.probability).toBe(ofLive?.probability);
    const shown = await screens(caseId);
    expect(shown).toContain(live?.id);
    for (const trace of [
      shadow?.id,
      "recalibrated",
      "SHADOW",
      String(ofShadow?.probability),
    ])
      expect(shown).not.toContain(trace);
  });

  it("leaves what is shown alone when only its own job runs again", async () => {
    const { caseId, imageId } = await film(3);
    const before = await screens(caseId);
    const { events } = await recordedBy(server, async () => {
      await server.database.client.prediction.deleteMany({
        where: { imageId, role: "SHADOW" },
      });
      const { id } = await modelCalled("recalibrated");
      await server.database.client.$queryRaw`
        SELECT (graphile_worker.add_job(${`assess-image:${id}`},
          json_build_object('imageId', ${imageId}::text,
            'modelVersionId', ${id}::text))).id::text`;
      await untilNoJob(server);
    });
    expect(events.map(({ type, details }) => [type, details["role"]])).toEqual([
      ["prediction.recorded", "SHADOW"],
    ]);
    expect(await screens(caseId)).toBe(before);
  });

  it("places open cases once it is live, and no worker that starts flips it", async () => {
    const { caseId, imageId } = await film(4);
    await promote("recalibrated");
    await until(
      async () =>
        (await predictionsOf(imageId)).some(
          ({ role, modelVersion }) =>
            role === "LIVE" && modelVersion.name === "recalibrated",
        ),
      "the new live model has not answered",
    );
    await untilNoJob(server);
    const again = await startTestWorker(server, {
      modelDirs: [defaultModelDir()],
    });
    await again.stop();
    expect(await liveName()).toBe("recalibrated");
    const made = await predictionsOf(imageId);
    const newest = made.find(
      ({ role, modelVersion }) =>
        role === "LIVE" && modelVersion.name === "recalibrated",
    );
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: caseId },
    });
    expect(row.probability).toBe(newest?.findings[0]?.probability);
    expect(await screens(caseId)).toContain(newest?.id);
  });
});

async function liveName(): Promise<string> {
  const { modelVersion } =
    await server.database.client.modelRole.findFirstOrThrow({
      where: { role: "LIVE", until: null },
      // The site's own comes before the desk's.
      orderBy: { siteId: { sort: "asc", nulls: "last" } },
      include: { modelVersion: true },
    });
  return modelVersion.name;
}
