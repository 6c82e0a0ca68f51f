import type {
  DatabaseClient,
  Prisma,
  RetentionVersion,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `RetentionVersion`. */
export function insertRetention(
  tx: Tx,
  data: Prisma.RetentionVersionUncheckedCreateInput,
): Promise<RetentionVersion> {
  return tx.retentionVersion.create({ data });
}

/** Holds the site's retention until the transaction ends: one change at a time. */
export async function lockRetention(tx: Tx, siteId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(
    hashtextextended(${`retention:${siteId}`}, 0))`;
}

/** The version in force; null where records are kept for ever. */
export function newestRetention(
  client: DatabaseClient | Tx,
  siteId: string,
): Promise<RetentionVersion | null> {
  return client.retentionVersion.findFirst({
    where: { siteId },
    orderBy: { version: "desc" },
  });
}

/** Versions within a scope below a number, the newest first. */
export function listRetention(
  client: DatabaseClient,
  scope: Prisma.RetentionVersionWhereInput,
  below: number | null,
  take: number,
): Promise<RetentionVersion[]> {
  return client.retentionVersion.findMany({
    where: { AND: [scope, below === null ? {} : { version: { lt: below } }] },
    orderBy: { version: "desc" },
    take,
  });
}

/** Whose records are over, and how much that is. */
export interface RetentionDue {
  patients: number;
  films: number;
  /** Bytes of the films as they came. */
  bytes: number;
  /** The day of the earliest last study, YYYY-MM-DD; null where none is due. */
  oldest: string | null;
}

/** Added up from `RecordExtent`, which triggers keep. */
export async function countDue(
  client: DatabaseClient,
  siteId: string,
  before: string,
): Promise<RetentionDue> {
  const [row] = await client.$queryRaw<RetentionDue[]>`
    SELECT count(*)::int AS "patients", min("lastDay")::text AS "oldest",
      coalesce(sum("films"), 0)::int AS "films",
      coalesce(sum("bytes"), 0)::float8 AS "bytes"
    FROM retention_due(${siteId}::uuid, ${before}::date)`;
  if (row === undefined) throw new Error("a sum without a row");
  return row;
}

/**
 * Records that are over, those of the earliest last study first: without one
 * that is proposed already, or that people kept under this version.
 */
export async function findDue(
  client: DatabaseClient,
  { siteId, version }: Pick<RetentionVersion, "siteId" | "version">,
  before: string,
  take: number,
): Promise<string[]> {
  const rows = await client.$queryRaw<{ patientId: string }[]>`
    SELECT due."patientId"::text AS "patientId"
    FROM retention_due(${siteId}::uuid, ${before}::date) due
    WHERE NOT EXISTS (SELECT 1 FROM "Erasure" e
      WHERE e."patientId" = due."patientId" AND (e."state" = 'PROPOSED'
        OR (e."cause" = 'RETENTION' AND e."policyVersion" = ${version})))
    ORDER BY due."lastDay", due."patientId" LIMIT ${take}`;
  return rows.map(({ patientId }) => patientId);
}

/** The version in force of each site that keeps records for a time only. */
export async function limitedSites(
  client: DatabaseClient,
): Promise<RetentionVersion[]> {
  const rows = await client.retentionVersion.findMany({
    distinct: ["siteId"],
    orderBy: [{ siteId: "asc" }, { version: "desc" }],
  });
  return rows.filter(({ keepDays }) => keepDays !== null);
}
