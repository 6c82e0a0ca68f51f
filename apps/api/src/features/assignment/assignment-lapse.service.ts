import type { DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { lockLapsed } from "../case-rows/case.locks.ts";
import type { SitePolicies } from "../policies/site-policies.ts";

/** Cases that fall back in one transaction. */
const BATCH = 100;

/**
 * A case that whoever it was given to has not claimed within the site's time
 * falls back: from a reader to the pool that he was chosen from, from a pool
 * to everybody. Run by the worker every minute.
 */
export class AssignmentLapseService {
  readonly #deps: {
    client: DatabaseClient;
    audit: AuditLog;
    clock: Clock;
    commands: CaseCommands;
    policies: SitePolicies;
  };

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    clock: Clock;
    commands: CaseCommands;
    policies: SitePolicies;
  }) {
    this.#deps = deps;
  }

  /** How many cases fell back. */
  async run(): Promise<number> {
    const sites = await this.#deps.client.site.findMany({
      select: { id: true },
    });
    let lapsed = 0;
    for (const { id } of sites) {
      let count = BATCH;
      while (count === BATCH) {
        count = await this.#lapseAt(id);
        lapsed += count;
      }
    }
    return lapsed;
  }

  #lapseAt(siteId: string): Promise<number> {
    const { audit, clock, commands, policies } = this.#deps;
    const viewer = systemViewer("assignment-keeper", newRequestId());
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const now = clock.now();
      const { document } = await policies.inForce(tx, siteId);
      const { fallbackMinutes } = document.assignment;
      const givenBy = addSeconds(now, -60 * fallbackMinutes);
      const due = await lockLapsed(tx, siteId, givenBy, BATCH);
      for (const row of due)
        await commands.apply(tx, record, row, { kind: "lapse", now });
      return due.length;
    });
  }
}
