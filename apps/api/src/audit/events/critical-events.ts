import { z } from "zod";
import { event, someOf } from "./define-event.ts";

const text = z.string().nullable();

const criticalResult = someOf({
  state: z.enum(["OPEN", "TOLD", "ACKNOWLEDGED", "WITHDRAWN"]),
  /** Code of the findings catalogue. */
  finding: text,
  reason: text,
  dueAt: z.string(),
  escalatedAt: text,
  /** Name and role of who was told. */
  toldTo: text,
  toldUserId: text,
  way: z.enum(["PHONE", "IN_PERSON", "DESK"]).nullable(),
  toldAt: text,
  readBack: text,
  readBackBy: text,
  acknowledgedAt: text,
  withdrawnAt: text,
  withdrawReason: text,
});

const ofResult = {
  version: 1,
  details: z.strictObject({ caseId: z.string() }),
  changed: criticalResult,
} as const;

/** Results that somebody must be told of at once. */
export const criticalEvents = [
  event("critical.marked", "critical-result", ofResult),
  event("critical.told", "critical-result", ofResult),
  event("critical.acknowledged", "critical-result", ofResult),
  event("critical.withdrawn", "critical-result", ofResult),
  event("critical.escalated", "critical-result", ofResult),
] as const;
