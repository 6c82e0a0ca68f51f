import { z } from "zod";
import { event, patientIds } from "./define-event.ts";

const filter = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Reading the trail is in the trail. */
export const trailEvents = [
  event("audit.searched", "audit", {
    version: 2,
    details: z.strictObject({
      filter,
      first: z.number().int(),
      isFirstPage: z.boolean(),
      patientIds,
    }),
  }),
  event("audit.verified", "audit", {
    version: 2,
    details: z.strictObject({
      ok: z.boolean(),
      /** Events that held, from the first on. */
      count: z.number().int(),
      through: z.string(),
      throughHash: z.string(),
      brokenAt: z.string().nullable(),
      problem: z.string().nullable(),
      /** Checkpoints outside the database that it was compared with. */
      checkpoints: z.number().int(),
    }),
  }),
  event("audit.exported", "audit", {
    version: 2,
    details: z.discriminatedUnion("what", [
      z.strictObject({
        what: z.literal("events"),
        filter,
        through: z.string(),
      }),
      z.strictObject({
        what: z.literal("chain"),
        through: z.string(),
        throughHash: z.string(),
      }),
    ]),
  }),
] as const;
