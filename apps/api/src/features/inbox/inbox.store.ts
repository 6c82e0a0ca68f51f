import type { DatabaseClient, InboxItem, Prisma, Tx } from "@lung-iris/prisma";

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
