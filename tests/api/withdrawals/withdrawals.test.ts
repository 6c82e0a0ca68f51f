import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase, type Scenario } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";

const WITHDRAW = `mutation ($id: ID!, $reason: String!) { withdrawFromLearning(patientId: $id, reason: $reason) { id reason liftedAt } }`;
const LIFT = `mutation ($id: ID!, $reason: String!) { liftLearningWithdrawal(patientId: $id, reason: $reason) { liftedAt liftReason } }`;

describe("withdrawing a patient from learning", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let reader: SignedIn;
  let signed: Scenario[];

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    reader = await asRadiologist(server, siteId);
    signed = [await aSignedCase(), await aSignedCase()];
  });
  afterAll(() => server.stop());

  async function aSignedCase(): Promise<Scenario> {
    const scenario = await aCase(server, siteId).assessed(0.9).create();
    const { id } = scenario.case;
    await reader.execute(CLAIM, { id });
    await reader.execute(REVEAL, { id });
    const answer = await reader.execute(SIGN, {
      input: {
        caseId: id,
        caseVersion: 2,
        label: "PNEUMONIA",
        decision: "CONFIRM",
      },
    });
    answer.anyData();
    return scenario;
  }

  const filmsChosen = async (): Promise<unknown> => {
    const answer = await admin.execute(
      `query ($site: ID!) { datasetPreview(filter: { siteId: $site }) { films } }`,
      { site: siteId },
    );
    return answer.anyData()["datasetPreview"];
  };

  async function aDataset(name: string): Promise<string> {
    const answer = await admin.execute(
      `mutation ($name: String!, $site: ID!) { createDataset(name: $name, filter: { siteId: $site }) { id } }`,
      { name, site: siteId },
    );
    return answer.data(
      z.object({ createDataset: z.object({ id: z.string() }) }),
    ).createDataset.id;
  }

  const holding = async (patientId: string): Promise<unknown> => {
    const answer = await admin.execute(
      `query ($id: ID!) { datasetsHolding(patientId: $id) { edges { node { name } } } }`,
      { id: patientId },
    );
    return answer.anyData()["datasetsHolding"];
  };

  it("keeps the films out of later datasets, names the earlier ones, and is lifted with a reason", async () => {
    const [first] = signed;
    if (!first) throw new Error("no case");
    const { id } = first.patient;
    expect(await filmsChosen()).toEqual({ films: 2 });
    await aDataset("Before");

    const { result, events } = await recordedBy(server, () =>
      admin.execute(WITHDRAW, { id, reason: " Asked at the desk " }),
    );
    expect(result.anyData()["withdrawFromLearning"]).toMatchObject({
      reason: "Asked at the desk",
      liftedAt: null,
    });
    expect(events[0]).toMatchObject({
      type: "learning.withdrawn",
      patientId: id,
      after: { learning: "withdrawn" },
      details: { reason: "Asked at the desk", datasets: 1 },
    });

    expect(await filmsChosen()).toEqual({ films: 1 });
    const later = await aDataset("After");
    const members = await server.database.client.datasetMember.findMany({
      where: { datasetId: later },
    });
    expect(members.map(({ caseId }) => caseId)).toEqual([signed[1]?.case.id]);
    const { result: held, events: looks } = await recordedBy(server, () =>
      holding(id),
    );
    expect(held).toEqual({ edges: [{ node: { name: "Before" } }] });
    expect(looks).toContainEqual(
      expect.objectContaining({ type: "patient.viewed", patientId: id }),
    );

    (await admin.execute(WITHDRAW, { id, reason: "Again" })).refusedWith(
      "CONFLICT",
    );
    const lifted = await admin.execute(LIFT, { id, reason: "Agreed since" });
    expect(lifted.anyData()["liftLearningWithdrawal"]).toMatchObject({
      liftReason: "Agreed since",
    });
    expect(await filmsChosen()).toEqual({ films: 2 });
    (await admin.execute(LIFT, { id, reason: "Again" })).refusedWith(
      "CONFLICT",
    );

    // What was said stays, and cannot be changed.
    const { client } = server.database;
    const rows = await client.learningWithdrawal.findMany();
    expect(rows).toHaveLength(1);
    const where = { id: rows[0]?.id ?? "" };
    const refused = /append-only/;
    await expect(
      client.learningWithdrawal.update({ where, data: { reason: "None" } }),
    ).rejects.toThrow(refused);
    await expect(client.learningWithdrawal.delete({ where })).rejects.toThrow(
      refused,
    );
  });

  it("wants a reason, a right and a patient of one's own site", async () => {
    const id = signed[1]?.patient.id;
    (await admin.execute(WITHDRAW, { id, reason: "  " })).refusedWith(
      "BAD_USER_INPUT",
    );
    (await reader.execute(WITHDRAW, { id, reason: "x" })).refusedWith(
      "FORBIDDEN",
    );
    const stranger = await asAdmin(server, (await aSite(server)).id);
    (await stranger.execute(WITHDRAW, { id, reason: "x" })).refusedWith(
      "NOT_FOUND",
    );
    (
      await stranger.execute(
        `query ($id: ID!) { datasetsHolding(patientId: $id) { edges { cursor } } }`,
        { id },
      )
    ).refusedWith("NOT_FOUND");
    const list = await stranger.execute(
      "{ learningWithdrawals { edges { node { id } } } }",
    );
    expect(list.anyData()).toEqual({ learningWithdrawals: { edges: [] } });
  });

  it("of two who say it at once holds once", async () => {
    const id = signed[1]?.patient.id;
    await Promise.all([
      admin.execute(WITHDRAW, { id, reason: "One" }),
      admin.execute(WITHDRAW, { id, reason: "Two" }),
    ]);
    expect(
      await server.database.client.learningWithdrawal.count({
        where: { patientId: id ?? "", liftedAt: null },
      }),
    ).toBe(1);
  });
});
