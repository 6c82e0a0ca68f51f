import type { DatabaseClient } from "@lung-iris/prisma";
import type { AuditLog } from "../audit/audit-log.ts";
import { ProcedureService } from "../features/procedures/procedure.service.ts";
import type { Clock } from "../platform/clock.ts";
import type { DemoPeople } from "./demo-users.ts";

/**
 * Switches the shipped procedures on, as the demo's admin: for what comes
 * after the demo's own films, whose steps nobody could have done in time.
 * What somebody has changed since is left as it is.
 */
export async function switchOnProcedures(
  desk: { client: DatabaseClient; audit: AuditLog; clock: Clock },
  people: DemoPeople,
): Promise<void> {
  const procedures = new ProcedureService(desk);
  const admin = people.as("admin@demo.lung-iris");
  const siteId = people.site.id;
  for (const shipped of await procedures.list(admin, siteId)) {
    const { procedureId, version, document } = shipped;
    if (version !== 1 || shipped.isOn) continue;
    await procedures.save(admin, {
      siteId,
      procedureId,
      baseVersion: version,
      document,
      isOn: true,
      reason: "Shown in the demo",
    });
  }
}
