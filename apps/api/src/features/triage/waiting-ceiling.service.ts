import type { Case, DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import { notify } from "../../platform/notifications.ts";
import { WAITING_CEILING_MINUTES } from "./triage.rules.ts";

/** Cases raised in one transaction; the next minute takes more. */
const MOST_AT_ONCE = 200;

/**
 * Nobody is forgotten: a case that nobody has claimed within the ceiling
 * becomes urgent, with the reason `waited`. Written rather than computed at
 * each query, so that the worklist's index keeps the order.
 */
export class WaitingCeilingService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #clock: Clock;

  constructor(deps: { client: DatabaseClient; audit: AuditLog; clock: Clock }) {
    this.#client = deps.client;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  /** Raises what waits too long; how many cases. */
  async raise(): Promise<number> {
    const sites = await this.#client.site.findMany({ select: { id: true } });
    let raised = 0;
    for (const { id } of sites) raised += await this.#raiseAt(id);
    return raised;
  }

  async #raiseAt(siteId: string): Promise<number> {
    const ceiling = new Date(
      this.#clock.now().getTime() - WAITING_CEILING_MINUTES * 60_000,
    );
    const viewer = systemViewer("waiting-ceiling", newRequestId());
    return this.#audit.changeAndRecord(viewer, async (tx, record) => {
      const due = await tx.$queryRaw<{ id: string }[]>`
        SELECT "id" FROM "Case"
        WHERE "siteId" = ${siteId}::uuid AND "state" = 'WAITING'
          AND "urgency" IN ('SOON', 'ROUTINE') AND "arrivedAt" <= ${ceiling}
        ORDER BY "arrivedAt" LIMIT ${MOST_AT_ONCE}
        FOR UPDATE SKIP LOCKED`;
      for (const { id } of due) {
        const before = await tx.case.findUniqueOrThrow({ where: { id } });
        const after = await tx.case.update({
          where: { id },
          data: {
            urgency: "URGENT",
            urgencyReasons: reasonsWithWaited(before),
            version: { increment: 1 },
          },
        });
        await notify(tx, {
          topic: "case",
          kind: "CHANGED",
          caseId: id,
          siteId,
        });
        record({
          type: "case.raised",
          subject: { type: "case", id },
          siteId,
          patientId: after.patientId,
          ...changesOf(before, after, ["urgency", "urgencyReasons"]),
          details: { ceilingMinutes: WAITING_CEILING_MINUTES },
        });
      }
      return due.length;
    });
  }
}

function reasonsWithWaited({ urgencyReasons }: Case): string[] {
  return [...urgencyReasons.filter((code) => code !== "waited"), "waited"];
}
