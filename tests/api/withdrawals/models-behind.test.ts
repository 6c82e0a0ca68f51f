import { randomUUID } from "node:crypto";
import { defaultModelDir, trainingPatient } from "@lung-iris/inference";
import type { ModelVersion } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pseudonymsFor } from "../../../apps/api/src/features/dataset-files/pseudonyms.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { registerFolders } from "../../testkit/models.ts";
import { judged, proposed } from "../../testkit/promotions.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aFrozenDataset } from "../../testkit/training.ts";
import { aSite, asAdmin, type SignedIn } from "../../testkit/viewers.ts";

const WITHDRAW = `mutation ($id: ID!) { withdrawFromLearning(patientId: $id, reason: "asked") { id } }`;
const LIFT = `mutation ($id: ID!) { liftLearningWithdrawal(patientId: $id, reason: "agreed") { id } }`;
const JUDGE = `mutation ($siteId: ID!, $id: ID!) {
  judgeCandidate(siteId: $siteId, modelVersionId: $id) { id } }`;
const LISTED = `query ($id: ID!) { learningWithdrawal(patientId: $id) {
  models { model { name } role remedy isEverywhere sites { id } } } }`;

/** Models that learnt from somebody who is withdrawn. */
let server: TestServer;
let live: ModelVersion;

beforeAll(async () => {
  server = await startTestServer();
  const [shipped] = await registerFolders(server, [defaultModelDir()]);
  if (!shipped) throw new Error("no model was registered");
  live = shipped;
});
afterAll(() => server.stop());

async function place() {
  const siteId = (await aSite(server)).id;
  const first = await asAdmin(server, siteId);
  const second = await asAdmin(server, siteId);
  const scenario = await aCase(server, siteId).create();
  return { siteId, first, second, scenario, patientId: scenario.patient.id };
}

let made = 0;
/** A candidate that names these records of a site as those it learnt from. */
function learntFrom(siteId: string, ids: string[]): Promise<ModelVersion> {
  made += 1;
  const names = pseudonymsFor(server.config.secret, siteId);
  const manifest = {
    ...(live.manifest as object), // As it was registered above.
    thresholds: made,
    input: { size: 192, lowPercentile: 1, highPercentile: 99 + made / 1_000 },
    training: {
      recalibration: {
        patients: ids.map((id) => trainingPatient(names.patient(id))),
      },
    },
  };
  return server.database.client.modelVersion.create({
    data: {
      name: `learnt-${String(made)}`,
      sha256: live.sha256,
      manifest,
    },
  });
}

const withdraw = async (by: SignedIn, id: string) =>
  (await by.execute(WITHDRAW, { id })).anyData();
const judge = (by: SignedIn, siteId: string, id: string) =>
  by.execute(JUDGE, { siteId, id });
const listed = async (by: SignedIn, id: string) =>
  (await by.execute(LISTED, { id })).anyData()["learningWithdrawal"];

describe("a model that learnt from a withdrawn patient", () => {
  it("is named on the withdrawal, with its role and what to do", async () => {
    const { siteId, first, patientId } = await place();
    const idle = await learntFrom(siteId, [patientId, randomUUID()]);
    const lives = await learntFrom(siteId, [patientId]);
    await learntFrom(siteId, [randomUUID()]);
    await server.database.client.modelRole.create({
      data: {
        siteId,
        modelVersionId: lives.id,
        role: "LIVE",
        since: server.clock.now(),
        byId: "SYSTEM",
        byName: "test",
      },
    });
    const { events } = await recordedBy(server, () =>
      withdraw(first, patientId),
    );
    expect(events[0]).toMatchObject({
      type: "learning.withdrawn",
      details: { datasets: 0, models: 2 },
    });
    expect(await listed(first, patientId)).toEqual({
      models: expect.arrayContaining([
        {
          model: { name: lives.name },
          role: "LIVE",
          remedy: "ROLL_BACK",
          isEverywhere: false,
          sites: [{ id: siteId }],
        },
        {
          model: { name: idle.name },
          role: null,
          remedy: "DELETE",
          isEverywhere: false,
          sites: [],
        },
      ]),
    });
  });

  it("is found by a record that was merged into the patient's", async () => {
    const { siteId, first, patientId } = await place();
    const old = await aCase(server, siteId).create();
    await server.database.client.patient.update({
      where: { id: old.patient.id },
      data: { mergedIntoId: patientId },
    });
    const model = await learntFrom(siteId, [old.patient.id, patientId]);
    await withdraw(first, patientId);
    expect(await listed(first, patientId)).toMatchObject({
      models: [{ model: { name: model.name } }],
    });
  });

  it("is not judged until the withdrawal is lifted", async () => {
    const { siteId, first, patientId } = await place();
    const { id } = await learntFrom(siteId, [patientId]);
    await withdraw(first, patientId);
    const { events } = await recordedBy(server, async () => {
      const refused = await judge(first, siteId, id);
      expect(
        refused.refusedWith("LEARNT_FROM_WITHDRAWN").extensions,
      ).toMatchObject({ reason: "withdrawn-patient-in-training" });
    });
    expect(events).toEqual([]);
    // Nor at another site, whose patient he is not.
    const other = await place();
    (await judge(other.first, other.siteId, id)).refusedWith(
      "LEARNT_FROM_WITHDRAWN",
    );
    (await first.execute(LIFT, { id: patientId })).anyData();
    (await judge(first, siteId, id)).anyData();
  });

  it("is neither proposed nor approved, whatever was judged before", async () => {
    const { siteId, first, second, patientId } = await place();
    const { id } = await learntFrom(siteId, [patientId]);
    const judgementId = await judged(server, first, siteId, id);
    const promotionId = await proposed(first, judgementId);
    await withdraw(first, patientId);
    (
      await second.execute(
        `mutation ($input: DecidePromotionInput!) { approvePromotion(input: $input) { state } }`,
        { input: { promotionId, reason: "seen" } },
      )
    ).refusedWith("LEARNT_FROM_WITHDRAWN");
    (
      await first.execute(
        `mutation ($input: ProposePromotionInput!) { proposePromotion(input: $input) { id } }`,
        { input: { judgementId, reason: "better" } },
      )
    ).refusedWith("LEARNT_FROM_WITHDRAWN");
  });

  it("has its rows of patients by a trigger alone", async () => {
    await expect(
      server.appDatabase.client.modelPatient.create({
        data: { patient: "0".repeat(16), modelVersionId: live.id },
      }),
    ).rejects.toThrow(/permission denied/u);
  });
});

describe("an export that holds a withdrawn patient", () => {
  it("says so in its row while the withdrawal holds", async () => {
    const { siteId, first, scenario, patientId } = await place();
    const { client } = server.database;
    const reading = await client.reading.create({
      data: {
        ...{ siteId, caseId: scenario.case.id, readerId: first.userId },
        ...{ state: "SIGNED", startedAt: server.clock.now() },
      },
    });
    const version = await client.readingVersion.create({
      data: {
        ...{ siteId, caseId: scenario.case.id, readingId: reading.id },
        ...{ readerId: first.userId, version: 1, label: "NORMAL" },
        ...{ decision: "INDEPENDENT", signedAt: server.clock.now() },
      },
    });
    await client.caseLabel.create({
      data: {
        ...{ siteId, caseId: scenario.case.id, version: 1, label: "NORMAL" },
        readingVersionId: version.id,
        ...{ grade: "TWO_AGREE", since: server.clock.now() },
      },
    });
    await aFrozenDataset(
      server,
      { siteId, userId: first.userId },
      Buffer.from(randomUUID()),
      [{ made: scenario, split: "TRAIN" }],
    );
    const held = async () =>
      (
        await first.execute(
          `{ datasets(first: 1) { edges { node { withdrawnPatients } } } }`,
        )
      ).anyData()["datasets"];
    const saying = (withdrawnPatients: number) => ({
      edges: [{ node: { withdrawnPatients } }],
    });
    expect(await held()).toEqual(saying(0));
    await withdraw(first, patientId);
    expect(await held()).toEqual(saying(1));
    (await first.execute(LIFT, { id: patientId })).anyData();
    expect(await held()).toEqual(saying(0));
  });
});
