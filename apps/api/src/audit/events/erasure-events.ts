import { z } from "zod";
import { event, someOf } from "./define-event.ts";

/** None of them says a name or a number: they stay when the record is gone. */
const erasure = {
  erasureId: z.string(),
  pseudonym: z.string(),
  cause: z.enum(["ASKED", "RETENTION"]),
  /** Of the site's policy that proposed it; null where a person asked. */
  policyVersion: z.number().int().nullable(),
};

const changed = someOf({
  state: z.enum(["NONE", "PROPOSED", "APPROVED", "REJECTED"]),
});

/** Records of patients that are erased. */
export const erasureEvents = [
  event("erasure.proposed", "patient", {
    version: 1,
    details: z.strictObject({ ...erasure, reason: z.string() }),
    changed,
  }),
  event("erasure.rejected", "patient", {
    version: 1,
    details: z.strictObject({ ...erasure, reason: z.string() }),
    changed,
  }),
  /** Every row of the person is gone from here on. */
  event("patient.erased", "patient", {
    version: 1,
    details: z.strictObject({
      ...erasure,
      reason: z.string(),
      /** Ids of the person's records. */
      records: z.array(z.string()),
      counts: z.record(z.string(), z.number().int()),
      /** Exports that held films of the person and are served no more. */
      datasetIds: z.array(z.string()),
    }),
    changed: someOf({ record: z.enum(["here", "erased"]) }),
  }),
  /** The last of the bytes is gone from the object store. */
  event("erasure.emptied", "patient", {
    version: 1,
    details: z.strictObject(erasure),
  }),
  /** How long a site keeps records; null: for ever. */
  event("retention.changed", "retention", {
    version: 1,
    details: z.strictObject({
      version: z.number().int(),
      reason: z.string(),
    }),
    changed: someOf({ keepDays: z.number().int().nullable() }),
  }),
] as const;
