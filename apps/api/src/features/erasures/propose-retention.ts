import type { DatabaseClient, RetentionVersion } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId, newRequestId } from "../../platform/ids.ts";
import { pseudonymsFor } from "../dataset-files/pseudonyms.ts";
import { extentOf, recordsOfPerson } from "./erasure-extent.store.ts";
import { noteErasure } from "./erasure.events.ts";
import { insertErasure, openErasure } from "./erasure.store.ts";
import { overBefore } from "./retention.service.ts";
import { findDue, limitedSites } from "./retention.store.ts";

/** Proposals of a site in one night: as many as people can look at. */
const MOST_A_NIGHT = 200;

interface RetentionDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  /** The installation's secret; the pseudonyms come from it. */
  secret: string;
}

/**
 * Proposes to erase the records that are over at each site that keeps them for
 * a time only: in the name of whoever said how long, so that another approves.
 * Nothing is erased by it. How many were proposed.
 */
export async function proposeOverdue(deps: RetentionDeps): Promise<number> {
  let proposed = 0;
  for (const rule of await limitedSites(deps.client)) {
    const { keepDays } = rule;
    if (keepDays === null) continue;
    const before = overBefore(deps.clock.now(), keepDays);
    const due = await findDue(deps.client, rule, before, MOST_A_NIGHT);
    for (const patientId of due)
      if (await propose(deps, rule, patientId)) proposed += 1;
  }
  return proposed;
}

/** False where something bars it tonight, or somebody proposed it meanwhile. */
async function propose(
  { audit, clock, secret }: RetentionDeps,
  { siteId, version, byId, byName, keepDays }: RetentionVersion,
  patientId: string,
): Promise<boolean> {
  const viewer = systemViewer("erasure-keeper", newRequestId());
  return audit.changeAndRecord(viewer, async (tx, record) => {
    await tx.$queryRaw`SELECT 1 FROM "Patient" WHERE "id" = ${patientId}::uuid FOR UPDATE`;
    const records = await recordsOfPerson(tx, patientId);
    if ((await openErasure(tx, records)) !== null) return false;
    const { counts, exports, obstacles } = await extentOf(tx, records);
    if (obstacles.length > 0 || counts.records === 0) return false;
    const now = clock.now();
    const reason = `Kept for ${String(keepDays)} days after the last study, as version ${String(version)} of the site's retention says`;
    const row = await insertErasure(tx, {
      id: newId(now),
      siteId,
      patientId,
      pseudonym: pseudonymsFor(secret, siteId).patient(patientId),
      cause: "RETENTION",
      reason,
      policyVersion: version,
      proposedById: byId,
      proposedByName: byName,
      proposedAt: now,
      counts,
      exports,
    });
    noteErasure(record, "erasure.proposed", row, "NONE", reason);
    return true;
  });
}
