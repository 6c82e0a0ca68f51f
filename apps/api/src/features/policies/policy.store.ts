import { Prisma, readRowsIn } from "@lung-iris/prisma";
import type { DatabaseClient, PolicyVersion, Tx } from "@lung-iris/prisma";
import type { PolicyDocument } from "./policy-document.ts";

/**
 * The only writer of `PolicyVersion`; version 1 of a site is written by the
 * database as the site is made. Rows are never changed.
 */
export async function insertPolicyVersion(
  tx: Tx,
  row: Omit<PolicyVersion, "document"> & { document: PolicyDocument },
): Promise<PolicyVersion> {
  return tx.policyVersion.create({ data: row });
}

/** Holds the site's policy until the transaction ends: one change at a time. */
export async function lockPolicy(tx: Tx, siteId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(
    hashtextextended(${`policy:${siteId}`}, 0))`;
}

/** The number of the version in force; null for a site that is not there. */
export async function newestNumber(
  client: DatabaseClient | Tx,
  siteId: string,
): Promise<number | null> {
  const [row] = await readRowsIn<{ version: number }>(
    client,
    Prisma.sql`SELECT "version" FROM "PolicyVersion"
      WHERE "siteId" = ${siteId}::uuid ORDER BY "version" DESC LIMIT 1`,
  );
  return row?.version ?? null;
}

/** One version of a site, or null. */
export function findVersion(
  client: DatabaseClient | Tx,
  siteId: string,
  version: number,
): Promise<PolicyVersion | null> {
  return client.policyVersion.findUnique({
    where: { siteId_version: { siteId, version } },
  });
}

/** Versions within a scope below a number, the newest first. */
export function listVersions(
  client: DatabaseClient,
  scope: Prisma.PolicyVersionWhereInput,
  below: number | null,
  limit: number,
): Promise<PolicyVersion[]> {
  return client.policyVersion.findMany({
    where: {
      AND: [scope, below === null ? {} : { version: { lt: below } }],
    },
    orderBy: { version: "desc" },
    take: limit,
  });
}

/** Whether a version that stood at some time since then was read openly. */
export async function wasOpenSince(
  tx: Tx,
  siteId: string,
  since: Date,
): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ isOpen: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM (
        SELECT "document", lead("createdAt") OVER (ORDER BY "version") AS "until"
        FROM "PolicyVersion" WHERE "siteId" = ${siteId}::uuid) v
      WHERE v."document"->'reading'->>'mode' = 'open'
        AND (v."until" IS NULL OR v."until" > ${since})) AS "isOpen"`;
  return found?.isOpen ?? false;
}
