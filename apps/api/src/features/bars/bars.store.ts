import type {
  BarsVersion,
  DatabaseClient,
  Prisma,
  Tx,
} from "@lung-iris/prisma";
import type { BarsDocument } from "./bars-document.ts";

/**
 * The only writer of `BarsVersion`; version 1 of a site is written by the
 * database as the site is made. Rows are never changed.
 */
export function insertBars(
  tx: Tx,
  row: Omit<BarsVersion, "document"> & { document: BarsDocument },
): Promise<BarsVersion> {
  return tx.barsVersion.create({ data: row });
}

/** Holds the site's bars until the transaction ends: one change at a time. */
export async function lockBars(tx: Tx, siteId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(
    hashtextextended(${`bars:${siteId}`}, 0))`;
}

/** The version in force; null for a site that is not there. */
export function newestBars(
  client: DatabaseClient | Tx,
  siteId: string,
): Promise<BarsVersion | null> {
  return client.barsVersion.findFirst({
    where: { siteId },
    orderBy: { version: "desc" },
  });
}

/** Versions within a scope below a number, the newest first. */
export function listBars(
  client: DatabaseClient,
  scope: Prisma.BarsVersionWhereInput,
  below: number | null,
  limit: number,
): Promise<BarsVersion[]> {
  return client.barsVersion.findMany({
    where: { AND: [scope, below === null ? {} : { version: { lt: below } }] },
    orderBy: { version: "desc" },
    take: limit,
  });
}
