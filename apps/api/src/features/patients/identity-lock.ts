import type { Tx } from "@lung-iris/prisma";

/**
 * Waits until no other transaction decides about the same number (or other
 * key) at the site.
 */
export async function lockIdentity(
  tx: Tx,
  siteId: string,
  key: string,
): Promise<void> {
  const text = `identity:${siteId}:${key}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${text}, 0))`;
}
