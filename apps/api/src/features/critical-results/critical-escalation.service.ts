import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { CriticalResultCommands } from "./critical-result.commands.ts";
import { lockUnescalated } from "./critical-result.store.ts";

/** Results escalated in one transaction. */
const BATCH = 100;

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
  async escalate(): Promise<number> {
    const { audit, clock, critical } = this.#deps;
    const viewer = systemViewer("critical-keeper", newRequestId());
    let escalated = 0;
    for (;;) {
      const count = await audit.changeAndRecord(viewer, async (tx, record) => {
        const now = clock.now();
        const due = await lockUnescalated(tx, now, BATCH);
        for (const before of due) {
          await critical.step(tx, record, before, "critical.escalated", {
            escalatedAt: now,
          });
        }
        return due.length;
      });
      escalated += count;
      if (count < BATCH) return escalated;
    }
  }
}
