import type { Case, InboxItem, Tx } from "@lung-iris/prisma";
import { newId } from "../../platform/ids.ts";

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
