import { z } from "zod";
import { event, someOf } from "./define-event.ts";

/** What a site wants. */
export const policyEvents = [
  event("policy.changed", "policy", {
    version: 1,
    details: z.strictObject({ reason: z.string() }),
    changed: someOf({
      version: z.number().int(),
      /** All of it, as it was then: policies get new fields over the years. */
      document: z.strictObject({
        urgency: z.record(z.string(), z.json()),
        ceilings: z.record(z.string(), z.number()),
        thresholds: z.array(z.record(z.string(), z.json())),
        reading: z.record(z.string(), z.json()),
        /** Not in policies of former releases. */
        secondReads: z.record(z.string(), z.json()).optional(),
        critical: z.record(z.string(), z.json()).optional(),
        reports: z.record(z.string(), z.json()).optional(),
        assignment: z.record(z.string(), z.json()).optional(),
        thresholdDesk: z.record(z.string(), z.json()).optional(),
      }),
    }),
  }),
] as const;
