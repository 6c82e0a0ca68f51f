import { columnsOf, Prisma } from "@lung-iris/prisma";
import type { Case, Study, Tx } from "@lung-iris/prisma";

/**
 * Reads of cases that hold their rows until the transaction ends: whoever
 * changes a case has it from here.
 */

const COLUMNS = Prisma.raw(columnsOf(Prisma.CaseScalarFieldEnum, "c"));

/**
 * Reads the case and holds it until the transaction ends, so that of two
 * who claim or sign at once the second sees what the first did.
 */
export async function lockCase(
  tx: Tx,
  scope: Prisma.CaseWhereInput,
  id: string,
): Promise<Case | null> {
  await tx.$queryRaw`SELECT 1 FROM "Case" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.case.findFirst({ where: { AND: [scope, { id }] } });
}

/**
 * The first of some cases, in the order given, that nobody reads and that no
 * other reader and no pool of others was given. Those that somebody else is just claiming are
 * skipped, so that of readers who ask at once each gets another.
 */
export async function lockFirstFree(
  tx: Tx,
  ids: readonly string[],
  readerId: string,
): Promise<Case | null> {
  const [free] = await tx.$queryRaw<{ id: string }[]>`
    SELECT c."id"::text AS "id"
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY o("id", "place")
    JOIN "Case" c ON c."id" = o."id"
    WHERE c."state" = 'WAITING'
      AND (c."assigneeId" = ${readerId}::uuid OR c."assigneeId" IS NULL AND (
        c."poolId" IS NULL OR EXISTS (SELECT 1 FROM "ReaderPoolMember" m
          WHERE m."poolId" = c."poolId" AND m."userId" = ${readerId}::uuid)))
    ORDER BY o."place" LIMIT 1
    FOR UPDATE OF c SKIP LOCKED`;
  return free === undefined
    ? null
    : tx.case.findUniqueOrThrow({ where: { id: free.id } });
}

/** The same by the study, for those who work for no viewer. */
export async function lockCaseOfStudy(tx: Tx, studyId: string): Promise<Case> {
  const [row] = await tx.$queryRaw<Case[]>`
    SELECT ${COLUMNS} FROM "Case" c WHERE c."studyId" = ${studyId}::uuid
    FOR UPDATE`;
  if (row === undefined) throw new Error(`no case of the study ${studyId}`);
  return row;
}

/** The cases of some studies, locked in the order of their ids. */
export async function lockCasesOfStudies(
  tx: Tx,
  studyIds: readonly string[],
): Promise<Case[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "Case"
    WHERE "studyId" = ANY (${[...studyIds]}::uuid[])
    ORDER BY "id" FOR UPDATE`;
  return casesInOrder(tx, ids);
}

/** The cases of a patient, locked in the order of their ids. */
export async function lockCasesOfPatient(
  tx: Tx,
  patientId: string,
): Promise<Case[]> {
  await tx.$queryRaw`SELECT 1 FROM "Case" WHERE "patientId" = ${patientId}::uuid
    ORDER BY "id" FOR UPDATE`;
  return tx.case.findMany({ where: { patientId }, orderBy: { id: "asc" } });
}

/**
 * Signed cases of a study's patient whose reader waits for another film, other
 * than the study's own, locked in the order of their ids. Left out are those
 * whose film was taken after the study's: that brings an older one.
 */
export async function lockRetakesOfPatient(
  tx: Tx,
  study: Pick<Study, "id" | "patientId">,
): Promise<Case[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT c."id"::text AS "id"
    FROM "Case" c
    JOIN "Study" asked ON asked."id" = c."studyId"
    JOIN "Study" came ON came."id" = ${study.id}::uuid
    WHERE c."patientId" = ${study.patientId}::uuid
      AND c."retakeAskedAt" IS NOT NULL AND c."retakeDoneAt" IS NULL
      AND c."state" = 'SIGNED' AND c."studyId" <> came."id"
      AND (asked."studyDate" IS NULL OR came."studyDate" IS NULL
        OR came."studyDate" > asked."studyDate"
        OR (came."studyDate" = asked."studyDate" AND
          coalesce(came."studyTime" >= asked."studyTime", true)))
    ORDER BY c."id" FOR UPDATE OF c`;
  return casesInOrder(tx, ids);
}

/** Cases whose lease ran out, of a first or a further reading, oldest first, skipping those in use. */
export function lockExpiredClaims(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ id: string }[]> {
  return tx.$queryRaw`
    SELECT "id"::text AS "id" FROM "Case"
    WHERE ("claimExpiresAt" <= ${now} AND "state" = 'READING')
      OR "secondReadUntil" <= ${now}
    ORDER BY coalesce("claimExpiresAt", "secondReadUntil") LIMIT ${limit}
    FOR UPDATE SKIP LOCKED`;
}

/**
 * Waiting cases of a site that were given away up to a time, or that wait for
 * a pool that was closed, the longest given first, locked.
 */
export async function lockLapsed(
  tx: Tx,
  siteId: string,
  givenBy: Date,
  limit: number,
): Promise<Case[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT c."id"::text AS "id" FROM "Case" c
    WHERE c."siteId" = ${siteId}::uuid AND c."state" = 'WAITING'
      AND c."assignedAt" IS NOT NULL
      AND (c."assignedAt" <= ${givenBy} OR c."assigneeId" IS NULL
        AND EXISTS (SELECT 1 FROM "ReaderPool" p
          WHERE p."id" = c."poolId" AND p."closedAt" IS NOT NULL))
    ORDER BY c."assignedAt", c."id" LIMIT ${limit}
    FOR UPDATE OF c SKIP LOCKED`;
  return casesInOrder(tx, ids);
}

/** Cases that wait too long: per class, those that came in by a time. */
export interface Overdue {
  siteId: string;
  overdue: readonly { urgency: Case["urgency"]; arrivedBy: Date }[];
  /** Those that have this reason already are left out. */
  unless: string;
  limit: number;
}

/** Overdue cases of a site, the oldest of each class first, locked. */
export async function lockOverdueCases(
  tx: Tx,
  { siteId, overdue, unless, limit }: Overdue,
): Promise<Case[]> {
  const found: Case[] = [];
  for (const { urgency, arrivedBy } of overdue) {
    const left = limit - found.length;
    if (left === 0) break;
    const ids = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id"::text AS "id" FROM "Case"
      WHERE "siteId" = ${siteId}::uuid AND "state" = 'WAITING'
        AND "urgency" = ${urgency}::"Urgency" AND "arrivedAt" <= ${arrivedBy}
        AND NOT (${unless} = ANY ("urgencyReasons"))
      ORDER BY "arrivedAt", "id" LIMIT ${left}
      FOR UPDATE SKIP LOCKED`;
    found.push(...(await casesInOrder(tx, ids)));
  }
  return found;
}

/** Open cases of a site that an earlier policy placed, locked. */
export async function lockPlacedBefore(
  tx: Tx,
  siteId: string,
  version: number,
  limit: number,
): Promise<Case[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "Case"
    WHERE "siteId" = ${siteId}::uuid AND "state" <> 'SIGNED'
      AND "policyVersion" < ${version}
    ORDER BY "policyVersion", "id" LIMIT ${limit}
    FOR UPDATE`;
  return casesInOrder(tx, ids);
}

async function casesInOrder(
  tx: Tx,
  ids: readonly { id: string }[],
): Promise<Case[]> {
  if (ids.length === 0) return [];
  const rows = await tx.case.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }) => byId.get(id) ?? []);
}
