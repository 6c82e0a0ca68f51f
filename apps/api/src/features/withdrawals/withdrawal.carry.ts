import type { LearningWithdrawal, Patient, Tx } from "@lung-iris/prisma";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { newId } from "../../platform/ids.ts";
import {
  insertWithdrawal,
  liftWithdrawal,
  openWithdrawal,
} from "./withdrawal.store.ts";

/** Who joins two records, or parts them, and why. */
interface Carrier {
  byId: string;
  byName: string;
  now: Date;
  reason: string;
}

/**
 * What holds for one record of a person holds for the record that counts:
 * where only `from` is withdrawn from learning, `to` is from now on. Null
 * where nothing had to go over.
 */
export async function carryWithdrawal(
  tx: Tx,
  record: RecordEvent,
  { from, to }: { from: Patient; to: Patient },
  { byId, byName, now, reason }: Carrier,
): Promise<LearningWithdrawal | null> {
  const held = await openWithdrawal(tx, {}, from.id);
  if (held === null || (await openWithdrawal(tx, {}, to.id))) return null;
  const made = await insertWithdrawal(tx, {
    id: newId(now),
    siteId: to.siteId,
    patientId: to.id,
    reason: held.reason,
    byId,
    byName,
    withdrawnAt: now,
  });
  record({
    type: "learning.withdrawn",
    ...ofPatient(to),
    before: { learning: "allowed" },
    after: { learning: "withdrawn" },
    details: { reason, datasets: 0 },
  });
  return made;
}

/** Lifts what had gone over, unless somebody has lifted it since. */
export async function takeBackWithdrawal(
  tx: Tx,
  record: RecordEvent,
  of: { patient: Patient; withdrawalId: string },
  { byId, byName, now, reason }: Carrier,
): Promise<void> {
  const held = await openWithdrawal(tx, {}, of.patient.id);
  if (held?.id !== of.withdrawalId) return;
  await liftWithdrawal(tx, held.id, {
    liftedAt: now,
    liftedById: byId,
    liftedByName: byName,
    liftReason: reason,
  });
  record({
    type: "learning.withdrawal-lifted",
    ...ofPatient(of.patient),
    before: { learning: "withdrawn" },
    after: { learning: "allowed" },
    details: { reason },
  });
}

/** Whether nothing is to be learnt from a record's films now, and since when. */
export async function withdrawnSince(
  tx: Tx,
  patientId: string,
): Promise<Date | null> {
  const held = await openWithdrawal(tx, {}, patientId);
  return held?.withdrawnAt ?? null;
}

function ofPatient({ id, siteId }: Patient) {
  const subject = { type: "patient" as const, id };
  return { subject, siteId, patientId: id };
}
