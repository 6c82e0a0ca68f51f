import { z } from "zod";
import { event, someOf } from "./define-event.ts";

const ids = z.array(z.string());

/** What of the merged record and of its studies both kinds of event name. */
const merge = {
  mergeId: z.string(),
  reason: z.string(),
  studyIds: ids,
};

const ofMerged = z.strictObject({
  ...merge,
  survivorId: z.string(),
  /** Ids of films whose prediction relied on the other record's sex. */
  filmsAskedAgain: ids,
});

const pointer = someOf({ mergedIntoId: z.string().nullable() });

const ofPair = z.strictObject({
  pairId: z.string(),
  otherId: z.string(),
  reason: z.string(),
});

const said = someOf({ isSame: z.enum(["open", "no"]) });

/** Records of one patient that become one, or two again. */
export const mergeEvents = [
  event("patient.merged", "patient", {
    version: 1,
    details: ofMerged,
    changed: pointer,
  }),
  /** The same, in the trail of the record that counts. */
  event("patient.merge-received", "patient", {
    version: 1,
    details: z.strictObject({ ...merge, mergedId: z.string() }),
  }),
  event("patient.unmerged", "patient", {
    version: 1,
    details: ofMerged,
    changed: pointer,
  }),
  event("patient.merge-returned", "patient", {
    version: 1,
    details: z.strictObject({
      ...merge,
      mergedId: z.string(),
      /** Ids of studies that came since the merge and stay. */
      studiesKept: ids,
    }),
  }),
  event("patient.not-same-said", "patient", {
    version: 1,
    details: ofPair,
    changed: said,
  }),
  event("patient.not-same-taken-back", "patient", {
    version: 1,
    details: ofPair,
    changed: said,
  }),
] as const;
