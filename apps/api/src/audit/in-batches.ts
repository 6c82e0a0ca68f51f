import type { Tx } from "@lung-iris/prisma";
import { systemViewer } from "../access/viewer.ts";
import { newRequestId } from "../platform/ids.ts";
import type { AuditLog, RecordEvent } from "./audit-log.ts";

/** Rows changed in one transaction: each holds the end of the trail. */
const BATCH = 100;

/**
 * Changes rows as the product itself, some in a transaction with their
 * events, until a batch is not full. What was committed stays where a later
 * batch fails. How many rows in all.
 *
 * @param keeper which part of the product acts
 */
export async function inBatches(
  audit: AuditLog,
  keeper: string,
  batch: (tx: Tx, record: RecordEvent, limit: number) => Promise<number>,
): Promise<number> {
  const viewer = systemViewer(keeper, newRequestId());
  let changed = 0;
  for (;;) {
    const count = await audit.changeAndRecord(viewer, (tx, record) =>
      batch(tx, record, BATCH),
    );
    changed += count;
    if (count < BATCH) return changed;
  }
}
