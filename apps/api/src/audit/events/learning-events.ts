import { z } from "zod";
import { event, someOf } from "./define-event.ts";

const changed = someOf({ learning: z.enum(["allowed", "withdrawn"]) });

/** Whose films may be learnt from. */
export const learningEvents = [
  event("learning.withdrawn", "patient", {
    version: 1,
    details: z.strictObject({
      reason: z.string(),
      /** How many datasets hold films of the patient already. */
      datasets: z.number().int(),
      /** How many models learnt from him. Left out by former releases. */
      models: z.number().int().optional(),
    }),
    changed,
  }),
  event("learning.withdrawal-lifted", "patient", {
    version: 1,
    details: z.strictObject({ reason: z.string() }),
    changed,
  }),
] as const;
