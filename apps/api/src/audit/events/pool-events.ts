import { z } from "zod";
import { event, noDetails, someOf } from "./define-event.ts";

const ofPool = {
  version: 1,
  details: noDetails,
  changed: someOf({
    name: z.string(),
    /** Who reads for it, by id, in the order of the ids. */
    memberIds: z.array(z.string()),
    closedAt: z.string().nullable(),
  }),
} as const;

/** Groups of readers. They say nothing of a patient. */
export const poolEvents = [
  event("pool.created", "pool", ofPool),
  event("pool.changed", "pool", ofPool),
  event("pool.closed", "pool", ofPool),
] as const;
