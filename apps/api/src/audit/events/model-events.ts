import { z } from "zod";
import { caseColumns } from "./case-columns.ts";
import { event, someOf } from "./define-event.ts";

/**
 * A model's role was given or taken. Without `reason` before version 2 of the
 * model registry, when a starting worker did so by itself.
 */
const ofModel = {
  version: 2,
  details: z.strictObject({
    name: z.string(),
    /** Of the weights. */
    sha256: z.string(),
    /** Of weights, calibration, thresholds, gate and input together. */
    fingerprint: z.string().optional(),
    reason: z.string().optional(),
    /** Films that nobody has signed, which the new live model is asked about. */
    filmsAskedAgain: z.int().nonnegative().optional(),
    /** When a shadow ends by itself. */
    filmLimit: z.int().positive().optional(),
    endsAt: z.iso.datetime().optional(),
  }),
  changed: someOf({ role: z.enum(["LIVE", "SHADOW"]).nullable() }),
} as const;

/** Models and what they say. */
export const modelEvents = [
  event("prediction.recorded", "prediction", {
    version: 2,
    details: z.strictObject({
      imageId: z.string(),
      /** Left out for a shadow, whose answer touches no case. */
      caseId: z.string().optional(),
      cause: z.enum(["arrived", "asked-again", "corrected", "promoted"]),
      role: z.enum(["LIVE", "SHADOW"]),
      model: z.string(),
      modelSha256: z.string(),
      gate: z.enum(["assessed", "not-assessed"]),
      gateReason: z.string().nullable(),
      finding: z.string(),
      /** Calibrated, 0 to 1; null where the film was not assessed. */
      probability: z.number().nullable(),
      /** The model's own, before any policy. */
      ownThreshold: z.number().nullable(),
      engine: z.string(),
    }),
    changed: caseColumns,
  }),
  event("model.registered", "model", ofModel),
  event("model.bootstrapped", "model", ofModel),
  event("model.promoted", "model", ofModel),
  event("model.shadowed", "model", ofModel),
  event("model.retired", "model", ofModel),
] as const;
