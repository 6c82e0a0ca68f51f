import type { DatabaseClient, OwnWindow, Tx } from "@lung-iris/prisma";
import type { OwnWindowRequest } from "./own-window.rules.ts";

/** The only writer of `OwnWindow`. */

/** What somebody keeps, by key: five rows at most. */
export function listWindows(
  client: DatabaseClient | Tx,
  userId: string,
): Promise<OwnWindow[]> {
  return client.ownWindow.findMany({
    where: { userId },
    orderBy: { key: "asc" },
  });
}

/**
 * What somebody keeps under a key. The person is held until the transaction
 * ends, so that two desks of one change it one after the other.
 */
export async function lockWindow(
  tx: Tx,
  userId: string,
  key: number,
): Promise<OwnWindow | null> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${userId}::uuid FOR NO KEY UPDATE`;
  return tx.ownWindow.findUnique({ where: { userId_key: { userId, key } } });
}

export function putWindow(
  tx: Tx,
  userId: string,
  { key, shift, width }: OwnWindowRequest,
): Promise<OwnWindow> {
  return tx.ownWindow.upsert({
    where: { userId_key: { userId, key } },
    create: { userId, key, shift, width },
    update: { shift, width },
  });
}

export async function deleteWindow(
  tx: Tx,
  userId: string,
  key: number,
): Promise<void> {
  await tx.ownWindow.delete({ where: { userId_key: { userId, key } } });
}
