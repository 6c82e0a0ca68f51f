import type { Tx } from "@lung-iris/prisma";
import { unsafeSitesWithoutAdmin } from "../../access/unsafe.ts";
import { ConflictError } from "../../errors.ts";
import type { UserWithSites } from "./user.store.ts";

/**
 * Each site where the user was an active admin has one afterwards: a hospital
 * is not managed by another's admin.
 */
export async function assertAdminLeft(
  tx: Tx,
  before: UserWithSites,
  after: UserWithSites,
): Promise<void> {
  const bare = await unsafeSitesWithoutAdmin(
    tx,
    adminSites(before).filter((id) => !adminSites(after).includes(id)),
  );
  if (bare.length === 0) return;
  const codes = bare.map(({ code }) => code);
  throw new ConflictError(
    "LAST_ADMIN",
    `This is the last active admin of ${codes.join(", ")}. Make somebody else an admin there first.`,
    { details: { sites: codes } },
  );
}

function adminSites({ role, isActive, sites }: UserWithSites): string[] {
  if (role !== "ADMIN" || !isActive) return [];
  return sites.map(({ siteId }) => siteId);
}
