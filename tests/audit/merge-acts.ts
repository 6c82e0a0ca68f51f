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
  undoStudyCorrection: async (stage) => {
    const { study, patient } = await aCase(stage.server, stage.siteId)
      .named("WRONG, Name")
      .create();
    await as(
      stage.staff,
      `mutation ($id: ID!) { updateStudyDetails(input: { studyId: $id, patientName: "RIGHT, Name", reason: "Misread" }) { id } }`,
      { id: study.id },
    ).ok;
    const made =
      await stage.server.database.client.studyCorrection.findFirstOrThrow({
        where: { studyId: study.id },
      });
    return {
      run: () =>
        as(
          stage.staff,
          `mutation ($id: ID!) { undoStudyCorrection(id: $id, reason: "It was right") { id } }`,
          { id: made.id },
        ),
      expected: {
        type: "study.patient-restored",
        subjectId: study.id,
        patientId: patient.id,
        before: { patientName: "RIGHT, Name" },
        after: { patientName: "WRONG, Name" },
      },
      beside: ["case.renamed"],
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
