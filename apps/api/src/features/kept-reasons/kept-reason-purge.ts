import type { DatabaseClient } from "@lung-iris/prisma";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { forgetUntouched } from "./forget-untouched.ts";
import { deleteReasonIfBefore, reasonsBefore } from "./kept-reason.store.ts";

/** Forgets reasons that nobody went on with for a month. How many. */
export function purgeKeptReasons(deps: {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
}): Promise<number> {
  return forgetUntouched(
    deps,
    (before, limit) => reasonsBefore(deps.client, before, limit),
    async (tx, { id, userId, siteId, patientId, ...row }, before) =>
      (await deleteReasonIfBefore(tx, id, before))
        ? {
            type: "user.reason-forgotten",
            subject: { type: "user", id: userId },
            siteId,
            patientId,
            details: { kind: row.kind, aboutId: row.aboutId, part: row.part },
          }
        : null,
  );
}
