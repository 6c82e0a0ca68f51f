import type { ProcedureStep } from "@lung-iris/prisma";
import { changesOf } from "../../audit/changes.ts";

/** What of a step stands in before and after. */
const COLUMNS = [
  "state",
  "dueAt",
  "escalatedAt",
  "answer",
  "doneAt",
  "doneByName",
  "correctReason",
  "correctedAt",
  "correctedByName",
] as const satisfies readonly (keyof ProcedureStep)[];

type StepEventType =
  | "procedure.step-done"
  | "procedure.step-corrected"
  | "procedure.step-escalated"
  | "procedure.step-dropped"
  | "procedure.step-reopened";

/** The event of one change of a step. */
export function stepEvent<Type extends StepEventType>(
  type: Type,
  patientId: string,
  before: ProcedureStep,
  after: ProcedureStep,
) {
  const { id, siteId, caseId, runId } = before;
  return {
    type,
    siteId,
    patientId,
    subject: { type: "procedure-step" as const, id },
    ...changesOf(before, after, COLUMNS),
    details: { caseId, runId },
  };
}
