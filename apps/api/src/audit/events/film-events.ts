import { z } from "zod";
import { event, patientIds, someOf } from "./define-event.ts";

const why = {
  correctionId: z.string(),
  reason: z.string(),
  /** Whether the correction is taken back. */
  isUndo: z.boolean(),
};

const moved = z.strictObject({
  ...why,
  fromCaseId: z.string(),
  toCaseId: z.string(),
  isOtherPatient: z.boolean(),
});

const removed = z.strictObject({ ...why, caseId: z.string() });
const isRemoved = someOf({ isRemoved: z.boolean() });

/** Films that people put right, and how they look for where one belongs. */
export const filmEvents = [
  event("image.moved", "image", {
    version: 1,
    details: moved,
    changed: someOf({ studyId: z.string() }),
  }),
  /** The same, in the trail of the patient who gets it. */
  event("image.move-received", "image", { version: 1, details: moved }),
  event("image.removed", "image", {
    version: 1,
    details: removed,
    changed: isRemoved,
  }),
  event("image.restored", "image", {
    version: 1,
    details: removed,
    changed: isRemoved,
  }),
  /** It lies otherwise than its file has it, or is another view. */
  event("image.turned", "image", {
    version: 1,
    details: removed,
    changed: someOf({
      quarterTurns: z.number().int(),
      isMirrored: z.boolean(),
      viewPosition: z.string().nullable(),
      studyView: z.string().nullable(),
    }),
  }),
  event("patients.searched", "patients", {
    version: 1,
    details: z.strictObject({ query: z.string(), patientIds }),
  }),
] as const;
