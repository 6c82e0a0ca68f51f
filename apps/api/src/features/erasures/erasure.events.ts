import type { Erasure } from "@lung-iris/prisma";
import type { RecordEvent } from "../../audit/audit-log.ts";

/** What every event of an erasure says of it: no name, no number. */
export function whatOf({ id, pseudonym, cause, policyVersion }: Erasure) {
  return { erasureId: id, pseudonym, cause, policyVersion };
}

/** Every event of an erasure is about the patient. */
export function aboutPatient({ siteId, patientId }: Erasure) {
  const subject = { type: "patient" as const, id: patientId };
  return { subject, siteId, patientId };
}

/** Notes a proposal, or that one was declined. */
export function noteErasure(
  record: RecordEvent,
  type: "erasure.proposed" | "erasure.rejected",
  row: Erasure,
  before: "NONE" | "PROPOSED",
  reason: string,
): void {
  record({
    type,
    ...aboutPatient(row),
    before: { state: before },
    after: { state: row.state },
    details: { ...whatOf(row), reason },
  });
}
