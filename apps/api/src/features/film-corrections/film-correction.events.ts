import type { Case, Image } from "@lung-iris/prisma";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import { changesOf } from "../../audit/changes.ts";
import type { CorrectionRow } from "./film-correction.store.ts";
import type { PoseChange } from "./film-pose.ts";

/** Why, and which correction it is or undoes. */
interface Why {
  correction: Pick<CorrectionRow, "id">;
  reason: string;
  isUndo: boolean;
}

/** One event, or one in the trail of each of two patients. */
export function movedEvents(
  film: Image,
  { from, to }: { from: Case; to: Case },
  why: Why,
): AuditEventInput[] {
  const details = {
    ...detailsOf(why),
    fromCaseId: from.id,
    toCaseId: to.id,
    isOtherPatient: from.patientId !== to.patientId,
  };
  const moved: AuditEventInput = {
    type: "image.moved",
    ...of(film, from.patientId),
    before: { studyId: from.studyId },
    after: { studyId: to.studyId },
    details,
  };
  if (!details.isOtherPatient) return [moved];
  return [
    moved,
    { type: "image.move-received", ...of(film, to.patientId), details },
  ];
}

/** A film that was taken out of sight, or brought back. */
export function removedEvent(
  film: Image,
  row: Case,
  why: Why,
): AuditEventInput {
  return {
    type: why.isUndo ? "image.restored" : "image.removed",
    ...of(film, row.patientId),
    before: { isRemoved: why.isUndo },
    after: { isRemoved: !why.isUndo },
    details: { ...detailsOf(why), caseId: row.id },
  };
}

/** A film that was laid otherwise, or said to be another view. */
export function turnedEvent(
  film: Image,
  row: Case,
  change: PoseChange,
  why: Why,
): AuditEventInput {
  return {
    type: "image.turned",
    ...of(film, row.patientId),
    ...changesOf(change.before, change.after, POSE),
    details: { ...detailsOf(why), caseId: row.id },
  };
}

const POSE = [
  "quarterTurns",
  "isMirrored",
  "viewPosition",
  "studyView",
] as const satisfies readonly (keyof PoseChange["after"])[];

function detailsOf({ correction, reason, isUndo }: Why) {
  return { correctionId: correction.id, reason, isUndo };
}

function of({ id, siteId }: Image, patientId: string) {
  return { subject: { type: "image" as const, id }, siteId, patientId };
}
