import type { Tx } from "@lung-iris/prisma";
import type { Permission } from "../../access/permissions.ts";
import { rolesWith } from "../../access/roles.ts";

/**
 * The staff of a site. Not readers: whose second reading a case may be must
 * not learn what was signed of it.
 */
export async function staffOf(tx: Tx, siteId: string): Promise<string[]> {
  const users = await tx.user.findMany({
    where: { isActive: true, role: "STAFF", sites: { some: { siteId } } },
    select: { id: true },
  });
  return users.map(({ id }) => id);
}

/** Those of a site who have a permission there, by their ids. */
export function peopleWith(
  tx: Tx,
  siteId: string,
  permission: Permission,
): Promise<{ id: string; email: string; createdAt: Date }[]> {
  return tx.user.findMany({
    where: {
      isActive: true,
      role: { in: rolesWith(permission) },
      sites: { some: { siteId } },
    },
    select: { id: true, email: true, createdAt: true },
    orderBy: { id: "asc" },
  });
}
