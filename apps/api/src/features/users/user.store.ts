import type { DatabaseClient, Prisma, Tx } from "@lung-iris/prisma";
import type { UserRow } from "./user.row.ts";

/** A user with the sites that count for permissions. */
export type UserWithSites = UserRow & { sites: { siteId: string }[] };

/** Users within a scope by name, from after a key on. */
export function listUsers(
  client: DatabaseClient,
  where: Prisma.UserWhereInput,
  after: readonly [string, string] | null,
  limit: number,
): Promise<UserRow[]> {
  const from: Prisma.UserWhereInput =
    after === null
      ? {}
      : {
          OR: [
            { name: { gt: after[0] } },
            { name: after[0], id: { gt: after[1] } },
          ],
        };
  return client.user.findMany({
    where: { AND: [where, from] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: limit,
  });
}

/**
 * One change of users at a time, over all API processes, so that neither two
 * users of one address nor a desk without an admin can come of a race.
 */
export async function lockUsers(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('users'))`;
}

/** Reads a user and holds the row until the transaction ends. */
export async function lockUser(
  tx: Tx,
  where: Prisma.UserWhereInput,
  id: string,
): Promise<UserWithSites | null> {
  await lockUsers(tx);
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.user.findFirst({
    where: { AND: [where, { id }] },
    include: { sites: { select: { siteId: true } } },
  });
}

/** Makes the memberships exactly these. */
export async function replaceSites(
  tx: Tx,
  userId: string,
  siteIds: readonly string[],
): Promise<void> {
  await tx.siteMember.deleteMany({
    where: { userId, siteId: { notIn: [...siteIds] } },
  });
  await tx.siteMember.createMany({
    data: siteIds.map((siteId) => ({ userId, siteId })),
    skipDuplicates: true,
  });
}

export function readUser(tx: Tx, id: string): Promise<UserWithSites> {
  return tx.user.findUniqueOrThrow({
    where: { id },
    include: { sites: { select: { siteId: true } } },
  });
}
