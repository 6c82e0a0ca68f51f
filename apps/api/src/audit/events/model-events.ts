import { z } from "zod";
import { caseColumns } from "./case-columns.ts";
import { event } from "./define-event.ts";

const ofModel = {
  version: 2,
  details: z.strictObject({ name: z.string(), sha256: z.string() }),
} as const;

/** Models and what they say. */
export const modelEvents = [
  event("prediction.recorded", "prediction", {
    version: 2,
    details: z.strictObject({
      imageId: z.string(),
      caseId: z.string(),
      cause: z.enum(["arrived", "asked-again", "corrected"]),
      model: z.string(),
      modelSha256: z.string(),
      gate: z.enum(["assessed", "not-assessed"]),
      gateReason: z.string().nullable(),
      /** Calibrated, 0 to 1; null where the film was not assessed. */
      probability: z.number().nullable(),
      threshold: z.number().nullable(),
      engine: z.string(),
    }),
    changed: caseColumns,
  }),
  event("model.registered", "model", ofModel),
  event("model.promoted", "model", ofModel),
  event("model.retired", "model", ofModel),
] as const;
