import type { DatabaseClient, Tx } from "@lung-iris/prisma";

/** Why somebody is not the second person of what two people do. */
export type NotSecond = "proposer" | "newer-account";

/**
 * Who agrees is another than who proposed, with an account that is older than
 * what it is about: nobody makes himself a second person for it.
 *
 * @returns null: he may
 */
export function notSecond(
  approver: { userId: string; since: Date },
  of: { proposedById: string; before: Date },
): NotSecond | null {
  if (approver.userId === of.proposedById) return "proposer";
  return approver.since < of.before ? null : "newer-account";
}

/** Since when somebody has an account here. */
export async function accountSince(
  client: DatabaseClient | Tx,
  userId: string,
): Promise<Date> {
  const { createdAt } = await client.user.findUniqueOrThrow({
    where: { id: userId },
    select: { createdAt: true },
  });
  return createdAt;
}
