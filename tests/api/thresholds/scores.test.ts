import { randomUUID } from "node:crypto";
import type { ModelVersion } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEADING_FINDING } from "../../../apps/api/src/features/findings/finding-catalogue.ts";
import { labelOfLeading } from "../../../apps/api/src/features/findings/finding-labels.ts";
import { aDecidedCase } from "../../testkit/decided.ts";
import { givenPolicy } from "../../testkit/policies.ts";
import { aCase, liveTestModel, type Scenario } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  APPROVE_THRESHOLD,
  DESK,
  PROPOSE_THRESHOLD,
} from "../../testkit/threshold-requests.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";

describe("what a model said of decided cases", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let reader: SignedIn;
  let live: ModelVersion;

  beforeAll(async () => {
    server = await startTestServer();
    live = await liveTestModel(server);
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    reader = await asRadiologist(server, siteId);
  });
  afterAll(() => server.stop());

  const scoresOf = (caseId: string) =>
    server.database.client.decidedScore.findMany({
      where: { caseId },
      orderBy: { probability: "asc" },
    });
  const decided = (label: "PNEUMONIA" | "NORMAL" = "PNEUMONIA") =>
    aDecidedCase(server, { siteId, readerId: reader.userId }, 0.7, { label });

  async function predict(
    { image }: Scenario,
    modelVersionId: string,
    probability: number | null,
    revision = 1,
  ): Promise<void> {
    const { client } = server.database;
    const { id } = await client.prediction.create({
      data: {
        imageId: image.id,
        modelVersionId,
        revision,
        role: "SHADOW",
        gateStatus: probability === null ? "NOT_ASSESSED" : "ASSESSED",
        engine: "wasm",
        milliseconds: 1,
      },
    });
    if (probability === null) return;
    await client.predictionFinding.create({
      data: {
        predictionId: id,
        code: LEADING_FINDING,
        probability,
        low: probability,
        high: probability,
        ownThreshold: 0.5,
        ageGroup: "adult",
        groupFrom: "age",
      },
    });
  }

  async function anotherModel(): Promise<ModelVersion> {
    return server.database.client.modelVersion.create({
      data: {
        name: "another",
        sha256: "b".repeat(64),
        manifest: {
          id: "another",
          weights: { sha256: "b".repeat(64), bytes: 1, parameters: 1 },
          input: { size: 64 },
          findings: [
            {
              code: LEADING_FINDING,
              thresholds: { adult: { balanced: 0.25 } },
            },
          ],
          tag: randomUUID(),
        },
      },
    });
  }

  it("are counted from the signature on, by the label of the leading finding", async () => {
    // Words of the trigger; the program's are compared with them here.
    expect(LEADING_FINDING).toBe("pneumonia");
    expect(labelOfLeading).toBe("PNEUMONIA");
    const { case: row } = await aCase(server, siteId).assessed(0.8).create();
    expect(await scoresOf(row.id)).toEqual([]);
    await reader.execute(
      `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`,
      {
        id: row.id,
      },
    );
    const opinion = `mutation ($id: ID!) { recordOpinion(caseId: $id, opinion: PNEUMONIA) { id } revealPrediction(caseId: $id) { id } }`;
    (await reader.execute(opinion, { id: row.id })).anyData();
    const { version } = await server.database.client.case.findUniqueOrThrow({
      where: { id: row.id },
    });
    const sign = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`;
    (
      await reader.execute(sign, {
        input: {
          caseId: row.id,
          caseVersion: version,
          label: "PNEUMONIA",
          decision: "CONFIRM",
        },
      })
    ).anyData();
    expect(await scoresOf(row.id)).toEqual([
      {
        caseId: row.id,
        modelVersionId: live.id,
        siteId,
        patientId: row.patientId,
        ageGroup: "adult",
        probability: 0.8,
        isPresent: true,
        grade: "ONE_BLIND",
      },
    ]);
  });

  it("end with the label", async () => {
    const { case: row } = await decided("NORMAL");
    expect(await scoresOf(row.id)).toMatchObject([{ isPresent: false }]);
    await server.database.client.caseLabel.updateMany({
      where: { caseId: row.id },
      data: { until: server.clock.now() },
    });
    expect(await scoresOf(row.id)).toEqual([]);
  });

  it("are each model's own, also of a shadow that answers later, and its newest word", async () => {
    const made = await decided();
    const shadow = await anotherModel();
    await predict(made, shadow.id, 0.2);
    const own = async () =>
      (await scoresOf(made.case.id)).map(({ modelVersionId, probability }) => [
        modelVersionId,
        probability,
      ]);
    expect(await own()).toEqual([
      [shadow.id, 0.2],
      [live.id, 0.7],
    ]);
    await predict(made, shadow.id, 0.3, 2);
    expect(await own()).toEqual([
      [shadow.id, 0.3],
      [live.id, 0.7],
    ]);
    await predict(made, shadow.id, null, 3);
    expect(await own()).toEqual([[live.id, 0.7]]);
  });

  it("are missed by neither of two who write label and prediction at once", async () => {
    const shadow = await anotherModel();
    for (let round = 0; round < 5; round++) {
      const made = await aCase(server, siteId).assessed(0.7).create();
      const label = aDecidedCaseOf(made);
      await Promise.all([label, predict(made, shadow.id, 0.2)]);
      expect(await scoresOf(made.case.id)).toHaveLength(2);
    }
  });

  /** The label alone, as the command that holds the case writes it. */
  async function aDecidedCaseOf({ case: row }: Scenario): Promise<void> {
    const at = { siteId, caseId: row.id };
    const time = server.clock.now();
    await server.database.client.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Case" WHERE "id" = ${row.id}::uuid FOR UPDATE`;
      const reading = await tx.reading.create({
        data: {
          ...at,
          readerId: reader.userId,
          state: "SIGNED",
          startedAt: time,
        },
      });
      const version = await tx.readingVersion.create({
        data: {
          ...at,
          readerId: reader.userId,
          readingId: reading.id,
          version: 1,
          label: "NORMAL",
          decision: "INDEPENDENT",
          signedAt: time,
        },
      });
      await tx.caseLabel.create({
        data: {
          ...at,
          version: 1,
          readingVersionId: version.id,
          label: "NORMAL",
          grade: "ONE_BLIND",
          since: time,
        },
      });
    });
  }

  it("follow the case to another patient and film to another study", async () => {
    const { client } = server.database;
    const made = await decided();
    const other = await decided();
    await client.case.update({
      where: { id: made.case.id },
      data: { patientId: other.patient.id },
    });
    expect(await scoresOf(made.case.id)).toMatchObject([
      { patientId: other.patient.id },
    ]);
    await client.image.update({
      where: { id: made.image.id },
      data: { studyId: other.study.id },
    });
    expect(await scoresOf(made.case.id)).toEqual([]);
    expect(await scoresOf(other.case.id)).toHaveLength(1);
  });

  it("are nothing to a new model: it inherits no threshold, no figure and no proposal", async () => {
    const { client } = server.database;
    await decided();
    const entry = {
      model: live.fingerprint,
      finding: LEADING_FINDING,
      ageGroup: "adult",
      threshold: 0.9,
    };
    const baseVersion = await givenPolicy(server, siteId, {
      thresholds: [entry],
      thresholdDesk: { approval: "two" },
    });
    const desk = async () =>
      (await admin.execute(DESK, { siteId, ageGroup: "adult" })).anyData()[
        "thresholdDesk"
      ];
    await expect.poll(desk, { timeout: 30_000 }).toMatchObject({ today: 0.9 });
    const proposed = await admin.execute(PROPOSE_THRESHOLD, {
      input: {
        siteId,
        ageGroup: "adult",
        threshold: 0.8,
        model: live.fingerprint,
        baseVersion,
        reason: "For this model",
      },
    });
    const { id } = proposed.anyData()["proposeThreshold"] as { id: string };
    const next = await anotherModel();
    await client.modelRole.create({
      data: {
        siteId,
        modelVersionId: next.id,
        role: "LIVE",
        since: server.clock.now(),
        byId: "SYSTEM",
        byName: "test",
      },
    });
    expect(await desk()).toMatchObject({
      model: { fingerprint: next.fingerprint },
      today: 0.25,
      own: 0.25,
      cases: 0,
      suggested: null,
    });
    const second = await asAdmin(server, siteId);
    (await second.execute(APPROVE_THRESHOLD, { id })).refusedWith(
      "PROPOSAL_STALE",
    );
    const listed = await second.execute(
      `query ($id: ID!) { thresholdProposals(siteId: $id) { edges { node { id state isStale isOwn modelName } } } }`,
      { id: siteId },
    );
    expect(listed.anyData()).toEqual({
      thresholdProposals: {
        edges: [
          {
            node: {
              id,
              state: "OPEN",
              isStale: true,
              isOwn: false,
              modelName: live.name,
            },
          },
        ],
      },
    });
  });
});
