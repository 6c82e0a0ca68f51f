import type { Alarm, Case, InboxItem, Tx } from "@lung-iris/prisma";
import { newId } from "../../platform/ids.ts";
import { isUrgentNote } from "../notifications/notification.rules.ts";
import { planDeliveries } from "../notifications/plan-deliveries.ts";

interface Telling {
  kind: InboxItem["kind"];
  userIds: Iterable<string>;
  /** Who did it, and is not told. */
  actor: { userId: string | null; name: string };
  now: Date;
}

/** The one thing that a note is of. */
type About =
  | { caseId: string }
  | { alarmId: string }
  | { promotionId: string }
  | { thresholdProposalId: string }
  | { trainingRunId: string }
  | { judgementId: string };

/** What a note of the way of a candidate is of. */
type LoopSubject = Exclude<About, { caseId: string } | { alarmId: string }>;

/**
 * Tells people of a case, in the transaction of what happened to it: in the
 * page, and by the ways out that the site and each of them want.
 */
export function tellPeople(
  tx: Tx,
  of: Telling & { row: Pick<Case, "id" | "siteId" | "urgency"> },
): Promise<void> {
  const { id, siteId, urgency } = of.row;
  return tell(tx, of, { siteId, about: { caseId: id }, urgency });
}

/** The same of an alarm. */
export function tellOfAlarm(
  tx: Tx,
  of: Omit<Telling, "kind"> & { alarm: Pick<Alarm, "id" | "siteId"> },
): Promise<void> {
  const { id, siteId } = of.alarm;
  const about = { alarmId: id };
  return tell(tx, { ...of, kind: "ALARM" }, { siteId, about, urgency: null });
}

/** The same of a promotion, a change of thresholds, a run or a judgement. */
export function tellOfLoop(
  tx: Tx,
  of: Telling & { siteId: string; about: LoopSubject },
): Promise<void> {
  const { siteId, about } = of;
  return tell(tx, of, { siteId, about, urgency: null });
}

async function tell(
  tx: Tx,
  { kind, actor, now, userIds: given }: Telling,
  of: { siteId: string; about: About; urgency: Case["urgency"] | null },
): Promise<void> {
  const { siteId, about } = of;
  const userIds = new Set(given);
  if (actor.userId !== null) userIds.delete(actor.userId);
  const notes = [...userIds].map((userId) => ({
    id: newId(now),
    siteId,
    ...about,
    isUrgent: isUrgentNote(kind, of.urgency),
    userId,
    kind,
    actorName: actor.name,
    createdAt: now,
  }));
  await tx.inboxItem.createMany({ data: notes });
  await planDeliveries(tx, siteId, notes, now);
}
