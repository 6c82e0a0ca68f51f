import { aCase } from "../testkit/scenario.ts";
import { as, type Acts, type Stage } from "./acts.ts";

const MERGE = `mutation ($one: ID!, $other: ID!) { mergePatients(survivorId: $one, mergedId: $other, reason: "One person") { id } }`;
const DENY = `mutation ($one: ID!, $other: ID!) { denySamePatient(patientId: $one, otherId: $other, reason: "Twins") { id } }`;

async function twoRecords({ server, siteId }: Stage) {
  const first = await aCase(server, siteId).create();
  const second = await aCase(server, siteId).create();
  // Ids of version 7: the first is the smaller.
  return { one: first.patient.id, other: second.patient.id };
}

/** Mutations of records that are one person's, or are not. */
export const MERGE_ACTS: Acts = {
  mergePatients: async (stage) => {
    const ids = await twoRecords(stage);
    return {
      run: () => as(stage.staff, MERGE, ids),
      expected: {
        type: "patient.merged",
        subjectId: ids.other,
        before: { mergedIntoId: null },
        after: { mergedIntoId: ids.one },
      },
      beside: [
        "case.moved",
        "case.placed",
        "case.placed",
        "patient.merge-received",
      ],
    };
  },
  undoMerge: async (stage) => {
    const ids = await twoRecords(stage);
    await as(stage.staff, MERGE, ids).ok;
    const merge =
      await stage.server.database.client.patientMerge.findFirstOrThrow({
        where: { mergedId: ids.other },
      });
    return {
      run: () =>
        as(
          stage.staff,
          `mutation ($id: ID!) { undoMerge(id: $id, reason: "Two people") { id } }`,
          { id: merge.id },
        ),
      expected: {
        type: "patient.unmerged",
        subjectId: ids.other,
        before: { mergedIntoId: ids.one },
        after: { mergedIntoId: null },
      },
      beside: ["case.moved", "patient.merge-returned"],
    };
  },
  denySamePatient: async (stage) => {
    const ids = await twoRecords(stage);
    return {
      run: () => as(stage.staff, DENY, ids),
      expected: {
        type: "patient.not-same-said",
        before: { isSame: "open" },
        after: { isSame: "no" },
      },
    };
  },
  takeBackDenial: async (stage) => {
    const ids = await twoRecords(stage);
    await as(stage.staff, DENY, ids).ok;
    const pair =
      await stage.server.database.client.patientPair.findFirstOrThrow({
        where: { OR: [{ firstId: ids.one }, { secondId: ids.one }] },
      });
    return {
      run: () =>
        as(
          stage.staff,
          `mutation ($id: ID!) { takeBackDenial(id: $id, reason: "Not twins") { id } }`,
          { id: pair.id },
        ),
      expected: {
        type: "patient.not-same-taken-back",
        before: { isSame: "no" },
        after: { isSame: "open" },
      },
    };
  },
};
