import { aCase } from "../testkit/scenario.ts";
import { as, onId, type Acts } from "./acts.ts";

const WITHDRAW = `mutation ($id: ID!) { withdrawFromLearning(patientId: $id, reason: "Asked for it") { id } }`;

/** Mutations of what is learnt from. */
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
};
