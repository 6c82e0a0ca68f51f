import type { Tx } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";

/** How long words wait that nobody goes on with. */
export const KEEP_TEXT_SECONDS = 30 * 24 * 60 * 60;
const BATCH = 100;

/**
 * Forgets rows of words that nobody went on with for a month, each in a
 * transaction of its own. How many.
 *
 * @param forget takes a row away unless it was touched meanwhile: the event of
 *   that, or null
 */
export async function forgetUntouched<Row>(
  { audit, clock }: { audit: AuditLog; clock: Clock },
  rowsBefore: (before: Date, limit: number) => Promise<readonly Row[]>,
  forget: (tx: Tx, row: Row, before: Date) => Promise<AuditEventInput | null>,
): Promise<number> {
  const viewer = systemViewer("text-keeper", newRequestId());
  const before = addSeconds(clock.now(), -KEEP_TEXT_SECONDS);
  let forgotten = 0;
  for (;;) {
    const rows = await rowsBefore(before, BATCH);
    for (const row of rows) {
      const isGone = await audit.changeAndRecord(viewer, async (tx, record) => {
        const event = await forget(tx, row, before);
        if (event !== null) record(event);
        return event !== null;
      });
      if (isGone) forgotten += 1;
    }
    if (rows.length < BATCH) return forgotten;
  }
}
