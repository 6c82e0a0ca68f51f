import type { DatabaseClient, Prisma, ReaderPool, Tx } from "@lung-iris/prisma";

/** The only writer of `ReaderPool` and `ReaderPoolMember`. */

/** A pool with the ids of who reads for it, in the order of the ids. */
export type PoolRow = ReaderPool & { memberIds: string[] };

const withMembers = {
  members: { select: { userId: true }, orderBy: { userId: "asc" } },
} satisfies Prisma.ReaderPoolInclude;

function asRow({
  members,
  ...pool
}: ReaderPool & { members: { userId: string }[] }): PoolRow {
  return { ...pool, memberIds: members.map(({ userId }) => userId) };
}

/** Open pools within a scope, by name; a site has a few dozen at most. */
export async function listOpenPools(
  client: DatabaseClient | Tx,
  scope: Prisma.ReaderPoolWhereInput,
): Promise<PoolRow[]> {
  const rows = await client.readerPool.findMany({
    where: { AND: [scope, { closedAt: null }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: withMembers,
  });
  return rows.map(asRow);
}

/** One pool within a scope, held until the transaction ends; or null. */
export async function lockPool(
  tx: Tx,
  scope: Prisma.ReaderPoolWhereInput,
  id: string,
): Promise<PoolRow | null> {
  await tx.$queryRaw`SELECT 1 FROM "ReaderPool" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const row = await tx.readerPool.findFirst({
    where: { AND: [scope, { id }] },
    include: withMembers,
  });
  return row === null ? null : asRow(row);
}

/**
 * Holds the pools of a site until the transaction ends, so that of two who
 * save at once the second sees what the first did.
 */
export async function lockPoolsOfSite(tx: Tx, siteId: string): Promise<void> {
  const key = `pools ${siteId}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}

/** Makes a pool, or writes name and members of one that is there. */
export async function savePool(
  tx: Tx,
  pool: { id: string; siteId: string; name: string; memberIds: string[] },
): Promise<PoolRow> {
  const { id, siteId, name, memberIds } = pool;
  await tx.readerPool.upsert({
    where: { id },
    create: { id, siteId, name },
    update: { name },
  });
  await tx.readerPoolMember.deleteMany({
    where: { poolId: id, userId: { notIn: memberIds } },
  });
  await tx.readerPoolMember.createMany({
    data: memberIds.map((userId) => ({ poolId: id, userId })),
    skipDuplicates: true,
  });
  const row = await tx.readerPool.findUniqueOrThrow({
    where: { id },
    include: withMembers,
  });
  return asRow(row);
}

export async function closePool(
  tx: Tx,
  id: string,
  closedAt: Date,
): Promise<PoolRow> {
  const row = await tx.readerPool.update({
    where: { id },
    data: { closedAt },
    include: withMembers,
  });
  return asRow(row);
}
