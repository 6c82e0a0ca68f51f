import type { AuditLog } from "../../audit/audit-log.ts";
import { inBatches } from "../../audit/in-batches.ts";
import type { Clock } from "../../platform/clock.ts";
import { writeStep } from "./procedure-step.service.ts";
import { lockUnescalatedSteps } from "./procedure.store.ts";

/**
 * Says of steps that nobody did in time that they are overdue, once and on
 * record. A read-back is escalated by its critical result. How many.
 */
export function escalateSteps(audit: AuditLog, clock: Clock): Promise<number> {
  return inBatches(audit, "procedure-keeper", async (tx, record, limit) => {
    const now = clock.now();
    const due = await lockUnescalatedSteps(tx, now, limit);
    for (const before of due) {
      const type = "procedure.step-escalated";
      await writeStep(tx, record, before, {
        type,
        change: { escalatedAt: now },
      });
    }
    return due.length;
  });
}
