import type {
  Case,
  DatabaseClient,
  InboxItem,
  Prisma,
  Tx,
} from "@lung-iris/prisma";
import { newId } from "../../platform/ids.ts";

/** The only writer of `InboxItem`. */

/** Tells people of a case, in the transaction of what happened to it. */
export async function tellPeople(
  tx: Tx,
  of: {
    row: Pick<Case, "id" | "siteId">;
    kind: InboxItem["kind"];
    userIds: Iterable<string>;
    /** Who did it, and is not told. */
    actor: { userId: string | null; name: string };
    now: Date;
  },
): Promise<void> {
  const { row, kind, actor, now } = of;
  const userIds = new Set(of.userIds);
  if (actor.userId !== null) userIds.delete(actor.userId);
  await tx.inboxItem.createMany({
    data: [...userIds].map((userId) => ({
      id: newId(now),
      siteId: row.siteId,
      userId,
      caseId: row.id,
      kind,
      actorName: actor.name,
      createdAt: now,
    })),
  });
}

/** Items within a scope, the newest first, after one of them. */
export function listInbox(
  client: DatabaseClient,
  scope: Prisma.InboxItemWhereInput,
  afterId: string | null,
  take: number,
): Promise<InboxItem[]> {
  const older = afterId === null ? {} : { id: { lt: afterId } };
  return client.inboxItem.findMany({
    where: { AND: [scope, older] },
    orderBy: { id: "desc" },
    take,
  });
}

/** Notes that they were read; the ids of those that were not before. */
export async function markRead(
  tx: Tx,
  scope: Prisma.InboxItemWhereInput,
  readAt: Date,
): Promise<string[]> {
  const rows = await tx.inboxItem.updateManyAndReturn({
    where: { AND: [scope, { readAt: null }] },
    data: { readAt },
    select: { id: true },
  });
  return rows.map(({ id }) => id).sort();
}
