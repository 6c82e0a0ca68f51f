import type { Case, DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { lockOverdueCases } from "../case-rows/case.locks.ts";
import { ceilingOf, URGENCY_LADDER } from "../policies/policy-document.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { sicker, WAITED } from "./urgency.rules.ts";

/** Cases raised in one transaction. */
const BATCH = 200;

/**
 * A case that nobody has claimed within the ceiling of its class says so
 * (`waited`) and rises to the class that the policy names. The worklist puts
 * it above all that are within theirs by itself, to the second; this is the
 * record of it.
 */
export class WaitingCeilingService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #commands: CaseCommands;
  readonly #policies: SitePolicies;

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    clock: Clock;
    commands: CaseCommands;
    policies: SitePolicies;
  }) {
    this.#client = deps.client;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#commands = deps.commands;
    this.#policies = deps.policies;
  }

  /** Raises what waits too long; how many cases. */
  async raise(): Promise<number> {
    const sites = await this.#client.site.findMany({ select: { id: true } });
    let raised = 0;
    for (const { id } of sites) {
      let count = BATCH;
      while (count === BATCH) {
        count = await this.#raiseAt(id);
        raised += count;
      }
    }
    return raised;
  }

  async #raiseAt(siteId: string): Promise<number> {
    const now = this.#clock.now().getTime();
    const viewer = systemViewer("waiting-ceiling", newRequestId());
    return this.#audit.changeAndRecord(viewer, async (tx, record) => {
      const { document } = await this.#policies.inForce(tx, siteId);
      const overdue = URGENCY_LADDER.map((urgency) => ({
        urgency,
        arrivedBy: new Date(now - ceilingOf(document, urgency) * 60_000),
      }));
      const due = await lockOverdueCases(tx, {
        siteId,
        overdue,
        unless: WAITED,
        limit: BATCH,
      });
      for (const row of due) {
        await this.#commands.raise(
          tx,
          record,
          row,
          {
            urgency: sicker(row.urgency, document.urgency.waited),
            urgencyReasons: reasonsWithWaited(row),
          },
          ceilingOf(document, row.urgency),
        );
      }
      return due.length;
    });
  }
}

function reasonsWithWaited({ urgencyReasons }: Case): string[] {
  return [...urgencyReasons.filter((code) => code !== WAITED), WAITED];
}
