import type { ProcedureStep } from "@lung-iris/prisma";
import {
  aDocument,
  aProcedure,
  aSignedCase,
  aStep,
  CHOICE,
  CORRECT,
  DO,
  SAVE,
} from "../api/procedures/procedure-kit.ts";
import { as, type Acts, type Stage } from "./acts.ts";

/** A step of a procedure that a signature began. */
async function anOpenStep(stage: Stage): Promise<ProcedureStep> {
  const { server, siteId, reader, admin } = stage;
  const plan = aDocument("READING", {}, [aStep("STAFF", CHOICE)]);
  const made = await aProcedure(admin, siteId, plan);
  const caseId = await aSignedCase(server, siteId, reader);
  // Off again, so that it begins in no other act.
  await aProcedure(admin, siteId, plan, {
    procedureId: made.procedureId,
    baseVersion: 1,
    isOn: false,
  });
  const { client } = server.database;
  return client.procedureStep.findFirstOrThrow({ where: { caseId } });
}

/** Mutations of procedures. */
export const PROCEDURE_ACTS: Acts = {
  saveProcedure: async ({ siteId, admin }) => {
    const first = aDocument("READING");
    const { procedureId } = await aProcedure(admin, siteId, first, {
      isOn: false,
    });
    const document = aDocument("READING", {}, [aStep("STAFF", CHOICE)]);
    const input = {
      siteId,
      procedureId,
      baseVersion: 1,
      isOn: false,
      reason: " Better words ",
      document,
    };
    return {
      run: () => as(admin, SAVE, { input }),
      expected: {
        type: "procedure.saved",
        subjectId: procedureId,
        before: { version: 1, isOn: false, document: first },
        after: { version: 2, isOn: false, document },
        details: { reason: "Better words" },
      },
    };
  },
  completeProcedureStep: async (stage) => {
    const { id, caseId, runId } = await anOpenStep(stage);
    return {
      run: () => as(stage.staff, DO, { id, answer: "yes" }),
      expected: {
        type: "procedure.step-done",
        subjectId: id,
        before: { state: "OPEN", answer: null, doneAt: null, doneByName: null },
        after: {
          state: "DONE",
          answer: "yes",
          doneAt: stage.server.clock.now().toISOString(),
          doneByName: stage.staff.name,
        },
        details: { caseId, runId },
      },
    };
  },
  correctProcedureStep: async (stage) => {
    const { id, caseId, runId } = await anOpenStep(stage);
    const { staff } = stage;
    (await staff.execute(DO, { id, answer: "yes" })).anyData();
    const right = { id, answer: "not-possible", reason: "Asked again" };
    return {
      run: () => as(staff, CORRECT, right),
      expected: {
        type: "procedure.step-corrected",
        subjectId: id,
        before: {
          answer: "yes",
          correctReason: null,
          correctedAt: null,
          correctedByName: null,
        },
        after: {
          answer: "not-possible",
          correctReason: "Asked again",
          correctedAt: stage.server.clock.now().toISOString(),
          correctedByName: staff.name,
        },
        details: { caseId, runId },
      },
    };
  },
};
