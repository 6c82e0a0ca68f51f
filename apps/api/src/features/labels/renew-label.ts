import { isDeepStrictEqual } from "node:util";
import type { Case, CaseLabel, Tx } from "@lung-iris/prisma";
import { newId } from "../../platform/ids.ts";
import { labelOf, readRegions, type DecidedLabel } from "./label.rules.ts";
import {
  currentLabel,
  endLabel,
  insertLabel,
  signedReadings,
} from "./label.store.ts";

/**
 * Makes the case's label what its readings say now, in the transaction that
 * changed them. An open case has none: what was signed of it was of other
 * films. The event of the change is the label's too, which follows from it.
 */
export async function renewLabel(
  tx: Tx,
  row: Pick<Case, "id" | "siteId" | "state">,
  now: Date,
): Promise<void> {
  const next =
    row.state === "SIGNED" ? labelOf(await signedReadings(tx, row.id)) : null;
  const current = await currentLabel(tx, row.id);
  if (current !== null) {
    if (next !== null && isSame(current, next)) return;
    await endLabel(tx, current.id, now);
  }
  if (next === null) return;
  const of = { id: newId(now), siteId: row.siteId, caseId: row.id, since: now };
  await insertLabel(tx, of, next);
}

function isSame(current: CaseLabel, next: DecidedLabel): boolean {
  const { readingVersionId, label, grade, present, absent, uncertain } =
    current;
  const regions = readRegions(current.regions);
  const now = { readingVersionId, label, grade, present, absent, uncertain };
  return isDeepStrictEqual({ ...now, regions }, next);
}
