import type { Case, DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
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
  readonly #commands: CaseCommands;

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    clock: Clock;
    commands: CaseCommands;
  }) {
    this.#client = deps.client;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#commands = deps.commands;
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
      const due = await this.#commands.lockWaiting(
        tx,
        siteId,
        ceiling,
        MOST_AT_ONCE,
      );
      for (const row of due) {
        await this.#commands.raise(
          tx,
          record,
          row,
          { urgency: "URGENT", urgencyReasons: reasonsWithWaited(row) },
          WAITING_CEILING_MINUTES,
        );
      }
      return due.length;
    });
  }
}

function reasonsWithWaited({ urgencyReasons }: Case): string[] {
  return [...urgencyReasons.filter((code) => code !== "waited"), "waited"];
}
