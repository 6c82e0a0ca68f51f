import { z } from "zod";
import { event, someOf } from "./define-event.ts";

const models = {
  /** Names and fingerprints: of the candidate and of what it stands against. */
  candidate: z.string(),
  candidateFingerprint: z.string(),
  live: z.string(),
  liveFingerprint: z.string(),
};

const state = someOf({
  state: z.enum(["PROPOSED", "APPROVED", "REJECTED", "ROLLED_BACK"]).nullable(),
});

const decision = {
  version: 1,
  details: z.strictObject({
    ...models,
    reason: z.string(),
    judgementId: z.string(),
    trainedBy: z.array(z.string()).optional(),
  }),
  changed: state,
} as const;

/** How a candidate comes to be live, or not. */
export const promotionEvents = [
  event("bars.declared", "bars", {
    version: 1,
    details: z.strictObject({ reason: z.string() }),
    changed: someOf({
      version: z.int(),
      document: z.record(z.string(), z.json()),
    }),
  }),
  event("judgement.requested", "judgement", {
    version: 1,
    details: z.strictObject({
      ...models,
      barsVersion: z.int(),
      /**
       * Declared before the run that made the candidate; null where none did.
       * Left out by former releases.
       */
      declaredVersion: z.int().nullable().optional(),
    }),
  }),
  event("judgement.finished", "judgement", {
    version: 1,
    details: z.strictObject({
      ...models,
      verdict: z.enum(["PASSED", "MISSED", "REFUSED", "FAILED"]),
      code: z.string().nullable(),
      /** Bars that block, over all sets and groups. */
      missed: z.int().nonnegative(),
    }),
  }),
  event("promotion.proposed", "promotion", decision),
  event("promotion.approved", "promotion", decision),
  event("promotion.rejected", "promotion", decision),
  event("promotion.rolled-back", "promotion", decision),
] as const;
