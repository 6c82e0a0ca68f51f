import type { DatabaseClient, Prisma, Tx } from "@lung-iris/prisma";
import { withModel, type NoteWithModel } from "../notifications/note-path.ts";

/** Items within a scope, the newest first, after one of them. */
export function listInbox(
  client: DatabaseClient,
  scope: Prisma.InboxItemWhereInput,
  afterId: string | null,
  take: number,
): Promise<NoteWithModel[]> {
  const older = afterId === null ? {} : { id: { lt: afterId } };
  return client.inboxItem.findMany({
    where: { AND: [scope, older] },
    include: withModel,
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
