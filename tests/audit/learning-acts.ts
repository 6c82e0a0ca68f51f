import { aCase } from "../testkit/scenario.ts";
import { aSite, asAdmin } from "../testkit/viewers.ts";
import { as, onId, type Acts, type Stage } from "./acts.ts";

const WITHDRAW = `mutation ($id: ID!) { withdrawFromLearning(patientId: $id, reason: "Asked for it") { id } }`;

const PROPOSE_ERASURE = `mutation ($id: ID!) { proposeErasure(patientId: $id, reason: "Asked for it") { id } }`;

/** A record that one admin proposed to erase, and another who may decide. */
async function aProposedErasure({ server, siteId, admin }: Stage) {
  const { patient } = await aCase(server, siteId).create();
  const second = await asAdmin(server, siteId);
  server.clock.forward(1);
  const answer = await admin.execute(PROPOSE_ERASURE, { id: patient.id });
  const { id } = answer.anyData()["proposeErasure"] as { id: string };
  return { id, patientId: patient.id, second };
}

/** Mutations of what is learnt from, and of what is kept at all. */
export const LEARNING_ACTS: Acts = {
  withdrawFromLearning: async ({ server, siteId, admin }) => {
    const { patient } = await aCase(server, siteId).create();
    return {
      run: () => as(admin, WITHDRAW, { id: patient.id }),
      expected: { type: "learning.withdrawn", subjectId: patient.id },
    };
  },
  liftLearningWithdrawal: async ({ server, siteId, admin }) => {
    const { patient } = await aCase(server, siteId).create();
    await as(admin, WITHDRAW, { id: patient.id }).ok;
    return {
      run: () =>
        as(
          admin,
          `mutation ($id: ID!) { liftLearningWithdrawal(patientId: $id, reason: "Agreed again") { id } }`,
          { id: patient.id },
        ),
      expected: { type: "learning.withdrawal-lifted", subjectId: patient.id },
    };
  },
  proposeErasure: async ({ server, siteId, admin }) => {
    const { patient } = await aCase(server, siteId).create();
    return {
      run: () => as(admin, PROPOSE_ERASURE, { id: patient.id }),
      expected: {
        type: "erasure.proposed",
        subjectId: patient.id,
        patientId: patient.id,
        before: { state: "NONE" },
        after: { state: "PROPOSED" },
      },
    };
  },
  approveErasure: async (stage) => {
    const { id, patientId, second } = await aProposedErasure(stage);
    return {
      run: () => onId(second, id, `approveErasure(id: $id, reason: "Checked")`),
      expected: {
        type: "patient.erased",
        subjectId: patientId,
        patientId,
        before: { record: "here" },
        after: { record: "erased" },
      },
    };
  },
  rejectErasure: async (stage) => {
    const { id, patientId, second } = await aProposedErasure(stage);
    return {
      run: () => onId(second, id, `rejectErasure(id: $id, reason: "Kept")`),
      expected: {
        type: "erasure.rejected",
        subjectId: patientId,
        before: { state: "PROPOSED" },
        after: { state: "REJECTED" },
      },
    };
  },
  saveRetention: async ({ server }) => {
    const siteId = (await aSite(server)).id;
    const admin = await asAdmin(server, siteId);
    const input = { siteId, baseVersion: 0, keepDays: 3650, reason: "Law" };
    return {
      run: () =>
        as(
          admin,
          `mutation ($input: SaveRetentionInput!) { saveRetention(input: $input) { id } }`,
          { input },
        ),
      expected: {
        type: "retention.changed",
        before: { keepDays: null },
        after: { keepDays: 3650 },
        details: { version: 1, reason: "Law" },
      },
    };
  },
  createDataset: async ({ server, siteId, reader, admin }) => {
    const { case: row } = await aCase(server, siteId).assessed(0.9).create();
    await onId(reader, row.id, `claimCase(caseId: $id)`).ok;
    await onId(reader, row.id, `revealPrediction(caseId: $id)`).ok;
    await onId(
      reader,
      row.id,
      `signReading(input: { caseId: $id, caseVersion: 2, label: PNEUMONIA, decision: CONFIRM })`,
    ).ok;
    return {
      run: () =>
        as(
          admin,
          `mutation ($site: ID!) { createDataset(name: "All", filter: { siteId: $site }) { id } }`,
          { site: siteId },
        ),
      expected: { type: "dataset.created" },
    };
  },
  retryDataset: async ({ server, siteId, admin }) => {
    const { id } = await server.database.client.dataset.create({
      data: {
        ...{ siteId, createdById: admin.userId, name: "All", total: 1 },
        ...{ filter: { siteId }, state: "FAILED", failure: "STORE_FULL" },
      },
    });
    return {
      run: () => onId(admin, id, `retryDataset(id: $id)`),
      expected: {
        type: "dataset.retried",
        subjectId: id,
        details: { films: 1, failure: "STORE_FULL" },
      },
    };
  },
};
