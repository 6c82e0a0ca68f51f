import type { DatabaseClient, ReaderPool, Tx } from "@lung-iris/prisma";
import { READER_ROLES } from "../../access/roles.ts";

/** Ids of the open pools that somebody reads for, at some sites. */
export async function poolIdsOf(
  client: DatabaseClient | Tx,
  userId: string,
  siteIds: readonly string[],
): Promise<string[]> {
  const rows = await client.readerPool.findMany({
    where: {
      siteId: { in: [...siteIds] },
      closedAt: null,
      members: { some: { userId } },
    },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** An open pool of a site, or null. */
export function findOpenPool(
  client: DatabaseClient | Tx,
  siteId: string,
  id: string,
): Promise<ReaderPool | null> {
  return client.readerPool.findFirst({ where: { id, siteId, closedAt: null } });
}

/** The open pools of a site with all who read for them, by name. */
export async function poolMembersOfSite(
  client: DatabaseClient,
  siteId: string,
): Promise<{ id: string; name: string; memberIds: string[] }[]> {
  const rows = await client.readerPool.findMany({
    where: { siteId, closedAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, members: { select: { userId: true } } },
  });
  return rows.map(({ id, name, members }) => ({
    id,
    name,
    memberIds: members.map(({ userId }) => userId),
  }));
}

/** Who reads for a pool and can be given its cases now, by id. */
export async function activeMembers(
  client: DatabaseClient | Tx,
  { id, siteId }: Pick<ReaderPool, "id" | "siteId">,
): Promise<string[]> {
  const rows = await client.readerPoolMember.findMany({
    where: {
      poolId: id,
      user: {
        isActive: true,
        role: { in: [...READER_ROLES] },
        sites: { some: { siteId } },
      },
    },
    orderBy: { userId: "asc" },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}
