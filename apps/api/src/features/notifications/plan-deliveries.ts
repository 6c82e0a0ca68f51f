import type { InboxItem, NotificationWay, Prisma, Tx } from "@lung-iris/prisma";
import { newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/job-queue.ts";
import { WAYS, quietUntil, shippedWays } from "./notification.rules.ts";
import { choicesOf, findWays, insertDeliveries } from "./notification.store.ts";

/**
 * Writes what is to leave of new notes of one site, in their transaction: by
 * the ways that the site has opened and each of those told wants. In
 * somebody's quiet hours, by the site's clock, what is not urgent waits for
 * their end.
 */
export async function planDeliveries(
  tx: Tx,
  siteId: string,
  notes: readonly Pick<InboxItem, "id" | "userId" | "kind" | "isUrgent">[],
  now: Date,
): Promise<void> {
  if (notes.length === 0) return;
  const ways = await findWays(tx, siteId);
  const open = WAYS.filter((way) =>
    way === "EMAIL" ? ways?.emailIsOn : ways?.webhookIsOn,
  );
  if (open.length === 0) return;
  const userIds = notes.map(({ userId }) => userId);
  const wanted = await wantedBy(tx, userIds);
  const quiet = await quietTimes(tx, siteId, userIds, now);
  const rows = notes.flatMap((note) =>
    open
      .filter((way) => wanted(note.userId, note.kind).includes(way))
      .map((way): Prisma.NotificationDeliveryCreateManyInput => {
        const end = note.isUrgent ? null : (quiet.get(note.userId) ?? null);
        return {
          id: newId(now),
          siteId,
          userId: note.userId,
          inboxItemId: note.id,
          kind: note.kind,
          way,
          isUrgent: note.isUrgent,
          isHeld: end !== null,
          dueAt: end ?? now,
          createdAt: now,
        };
      }),
  );
  const [first] = rows;
  if (first === undefined) return;
  await insertDeliveries(tx, rows);
  // A key of its own: with one for all, those who tell would wait for each
  // other until they commit.
  await enqueue(tx, "deliver-notes", String(first.id), {});
}

async function wantedBy(
  tx: Tx,
  userIds: readonly string[],
): Promise<
  (userId: string, kind: InboxItem["kind"]) => readonly NotificationWay[]
> {
  const choices = await choicesOf(tx, userIds);
  return (userId, kind) =>
    choices.find((one) => one.userId === userId && one.kind === kind)?.ways ??
    shippedWays(kind);
}

/** Until when each of them is left in peace; who is not in quiet hours is absent. */
async function quietTimes(
  tx: Tx,
  siteId: string,
  userIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Date>> {
  const { timeZone } = await tx.site.findUniqueOrThrow({
    where: { id: siteId },
    select: { timeZone: true },
  });
  const users = await tx.user.findMany({
    where: { id: { in: [...userIds] }, quietFromMinute: { not: null } },
    select: { id: true, quietFromMinute: true, quietToMinute: true },
  });
  return new Map(
    users.flatMap(({ id, quietFromMinute, quietToMinute }) => {
      if (quietFromMinute === null || quietToMinute === null) return [];
      const hours = { fromMinute: quietFromMinute, toMinute: quietToMinute };
      const until = quietUntil(now, hours, timeZone ?? "UTC");
      return until === null ? [] : [[id, until] as const];
    }),
  );
}
