import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { inBatches } from "../../audit/in-batches.ts";
import type { CriticalResultCommands } from "./critical-result.commands.ts";
import { lockUnescalated } from "./critical-result.store.ts";

/**
 * Says of critical results that nobody read back in time that they are
 * overdue: once, on record, and to every open page.
 */
export class CriticalEscalationService {
  readonly #deps: {
    audit: AuditLog;
    clock: Clock;
    critical: CriticalResultCommands;
  };

  constructor(deps: {
    audit: AuditLog;
    clock: Clock;
    critical: CriticalResultCommands;
  }) {
    this.#deps = deps;
  }

  /** Run by the worker every minute; how many it escalated. */
  escalate(): Promise<number> {
    const { audit, clock, critical } = this.#deps;
    return inBatches(audit, "critical-keeper", async (tx, record, limit) => {
      const now = clock.now();
      const due = await lockUnescalated(tx, now, limit);
      for (const before of due) {
        await critical.step(tx, record, before, "critical.escalated", {
          escalatedAt: now,
        });
      }
      return due.length;
    });
  }
}
