import type { PatientMerge } from "@lung-iris/prisma";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { Moved, SinceThen } from "./moved-cases.ts";

/** Events of a merge, one in the trail of each of the two records. */
export function mergedEvents(
  merge: PatientMerge,
  { filmsAskedAgain }: Moved,
): AuditEventInput[] {
  const { id: mergeId, survivorId, mergedId, studyIds, reason } = merge;
  return [
    {
      type: "patient.merged",
      ...of(merge, mergedId),
      before: { mergedIntoId: null },
      after: { mergedIntoId: survivorId },
      details: { mergeId, survivorId, reason, studyIds, filmsAskedAgain },
    },
    {
      type: "patient.merge-received",
      ...of(merge, survivorId),
      details: { mergeId, mergedId, reason, studyIds },
    },
  ];
}

/** The same where it is undone. */
export function undoneEvents(
  merge: PatientMerge,
  { studyIds, filmsAskedAgain }: Moved,
  { keep }: SinceThen,
): AuditEventInput[] {
  const { id: mergeId, survivorId, mergedId } = merge;
  const reason = merge.undoReason ?? "";
  return [
    {
      type: "patient.unmerged",
      ...of(merge, mergedId),
      before: { mergedIntoId: survivorId },
      after: { mergedIntoId: null },
      details: { mergeId, survivorId, reason, studyIds, filmsAskedAgain },
    },
    {
      type: "patient.merge-returned",
      ...of(merge, survivorId),
      details: { mergeId, mergedId, reason, studyIds, studiesKept: [...keep] },
    },
  ];
}

function of({ siteId }: PatientMerge, patientId: string) {
  const subject = { type: "patient" as const, id: patientId };
  return { subject, siteId, patientId };
}
