import type { DatabaseClient } from "@lung-iris/prisma";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { forgetUntouched } from "../kept-reasons/forget-untouched.ts";
import { deleteIfBefore, textsBefore } from "./kept-text.store.ts";

/** Forgets texts that nobody went on with for a month. How many. */
export function purgeKeptTexts(deps: {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
}): Promise<number> {
  return forgetUntouched(
    deps,
    (before, limit) => textsBefore(deps.client, before, limit),
    async (tx, { id, siteId, caseId, kind, aboutId, ...row }, before) =>
      (await deleteIfBefore(tx, id, before))
        ? {
            type: "case.text-forgotten",
            siteId,
            patientId: row.case.patientId,
            subject: { type: "case", id: caseId },
            details: { kind, aboutId },
          }
        : null,
  );
}
