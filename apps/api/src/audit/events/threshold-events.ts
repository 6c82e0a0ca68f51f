import { z } from "zod";
import { event, someOf } from "./define-event.ts";

/** What is proposed: a threshold of an age group, or that one is enough. */
const proposal = {
  kind: z.enum(["THRESHOLD", "SINGLE_APPROVAL"]),
  /** `ModelVersion.fingerprint`; null where the kind is of no model. */
  model: z.string().nullable(),
  ageGroup: z.string().nullable(),
  /** Version of the policy that it was made from. */
  baseVersion: z.number().int(),
};
/** Null: the model's own. */
const changed = someOf({ threshold: z.number().nullable() });

/** Changes of thresholds that a second person has to approve. */
export const thresholdEvents = [
  event("threshold.proposed", "threshold-proposal", {
    version: 1,
    details: z.strictObject({ ...proposal, reason: z.string() }),
    changed,
  }),
  event("threshold.approved", "threshold-proposal", {
    version: 1,
    details: z.strictObject({
      ...proposal,
      proposedById: z.string(),
      proposedByName: z.string(),
      /** Version of the policy that it made. */
      madeVersion: z.number().int(),
    }),
    changed,
  }),
  event("threshold.declined", "threshold-proposal", {
    version: 1,
    details: z.strictObject({
      ...proposal,
      proposedById: z.string(),
      proposedByName: z.string(),
      note: z.string(),
    }),
  }),
  event("threshold.withdrawn", "threshold-proposal", {
    version: 1,
    details: z.strictObject(proposal),
  }),
] as const;
