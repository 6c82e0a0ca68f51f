import { Prisma } from "@lung-iris/prisma";
import type {
  DatabaseClient,
  NotificationChoice,
  NotificationDelivery,
  NotificationWays,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `NotificationWays`, `NotificationChoice` and `NotificationDelivery`. */

export function findWays(
  client: DatabaseClient | Tx,
  siteId: string,
): Promise<NotificationWays | null> {
  return client.notificationWays.findUnique({ where: { siteId } });
}

/** The ways of a site, for who changes them; the second of two waits. */
export async function lockWays(
  tx: Tx,
  siteId: string,
): Promise<NotificationWays | null> {
  await tx.$queryRaw`SELECT 1 FROM "Site" WHERE "id" = ${siteId}::uuid FOR NO KEY UPDATE`;
  return findWays(tx, siteId);
}

export function saveWays(
  tx: Tx,
  data: Prisma.NotificationWaysUncheckedCreateInput,
): Promise<NotificationWays> {
  const { siteId } = data;
  return tx.notificationWays.upsert({
    where: { siteId },
    create: data,
    update: data,
  });
}

export function choicesOf(
  client: DatabaseClient | Tx,
  userIds: readonly string[],
): Promise<NotificationChoice[]> {
  return client.notificationChoice.findMany({
    where: { userId: { in: [...userIds] } },
    orderBy: [{ userId: "asc" }, { kind: "asc" }],
  });
}

export async function saveChoice(
  tx: Tx,
  { userId, kind, ways }: NotificationChoice,
): Promise<void> {
  await tx.notificationChoice.upsert({
    where: { userId_kind: { userId, kind } },
    create: { userId, kind, ways },
    update: { ways },
  });
}

export async function insertDeliveries(
  tx: Tx,
  data: Prisma.NotificationDeliveryCreateManyInput[],
): Promise<void> {
  await tx.notificationDelivery.createMany({ data });
}

/**
 * Takes what is due, the urgent first, and puts it off for as long as one try
 * may take: a worker that dies at it leaves it to the next.
 */
export function claimDue(
  client: DatabaseClient,
  now: Date,
  until: Date,
  limit: number,
): Promise<NotificationDelivery[]> {
  return client.$queryRaw<NotificationDelivery[]>`
    /* claim deliveries */ UPDATE "NotificationDelivery" d
    SET "dueAt" = ${until}, "tries" = "tries" + 1
    WHERE "id" IN (
      SELECT "id" FROM "NotificationDelivery"
      WHERE "state" = 'WAITING' AND "dueAt" <= ${now}
      ORDER BY "isUrgent" DESC, "dueAt" LIMIT ${limit}
      FOR UPDATE SKIP LOCKED)
    RETURNING "id"::text, "siteId"::text, "userId"::text,
      "inboxItemId"::text, "kind"::text, "way"::text, "isUrgent", "isHeld",
      "state"::text, "dueAt", "tries", "lastError", "createdAt", "endedAt"`;
}

/** Writes what became of a try; false where it is over already. */
export async function updateWaiting(
  tx: DatabaseClient | Tx,
  id: string,
  data: Prisma.NotificationDeliveryUncheckedUpdateManyInput,
): Promise<boolean> {
  const { count } = await tx.notificationDelivery.updateMany({
    where: { id, state: "WAITING" },
    data,
  });
  return count > 0;
}

export async function lockDelivery(
  tx: Tx,
  scope: Prisma.NotificationDeliveryWhereInput,
  id: string,
): Promise<NotificationDelivery | null> {
  await tx.$queryRaw`SELECT 1 FROM "NotificationDelivery" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.notificationDelivery.findFirst({ where: { AND: [scope, { id }] } });
}

export function updateDelivery(
  tx: Tx,
  id: string,
  data: Prisma.NotificationDeliveryUncheckedUpdateInput,
): Promise<NotificationDelivery> {
  return tx.notificationDelivery.update({ where: { id }, data });
}

/** Newest first; ids are of version 7. */
export function listDeliveries(
  client: DatabaseClient,
  where: Prisma.NotificationDeliveryWhereInput,
  before: string | null,
  take: number,
): Promise<NotificationDelivery[]> {
  return client.notificationDelivery.findMany({
    where: { AND: [where, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
  });
}

/** Forgets what ended before a time, in portions; how many. */
export function purgeEnded(
  client: DatabaseClient,
  before: Date,
): Promise<number> {
  return client.$executeRaw`
    DELETE FROM "NotificationDelivery" WHERE "id" IN (
      SELECT "id" FROM "NotificationDelivery"
      WHERE "state" IN ('SENT', 'DROPPED') AND "endedAt" < ${before}
      LIMIT 10000)`;
}
