import type { Case, DatabaseClient, Prisma, Tx } from "@lung-iris/prisma";

/** Cases by id within a scope, in the order of the ids. */
export async function findCasesById(
  client: DatabaseClient,
  scope: Prisma.CaseWhereInput,
  ids: readonly string[],
): Promise<Map<string, Case>> {
  if (ids.length === 0) return new Map();
  const rows = await client.case.findMany({
    where: { AND: [scope, { id: { in: [...ids] } }] },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined ? [] : [[id, row] as const];
    }),
  );
}

/** One case within a scope, or null. */
export function findCase(
  client: DatabaseClient | Tx,
  scope: Prisma.CaseWhereInput,
  id: string,
): Promise<Case | null> {
  return client.case.findFirst({ where: { AND: [scope, { id }] } });
}

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
  return findCase(tx, scope, id);
}

export type CaseChange = Omit<Prisma.CaseUncheckedUpdateInput, "version">;

/** Writes a change and raises the version. The caller holds the lock. */
export function updateCase(
  tx: Tx,
  id: string,
  change: CaseChange,
): Promise<Case> {
  return tx.case.update({
    where: { id },
    data: { ...change, version: { increment: 1 } },
  });
}

/** Cases whose lease ran out, oldest first, skipping those in use. */
export function lockExpiredClaims(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ id: string }[]> {
  return tx.$queryRaw`
    SELECT "id"::text AS "id" FROM "Case"
    WHERE "claimExpiresAt" <= ${now} AND "state" = 'READING'
    ORDER BY "claimExpiresAt" LIMIT ${limit}
    FOR UPDATE SKIP LOCKED`;
}

/** Somebody who may be given cases of the site to read. */
export function findReader(
  client: DatabaseClient | Tx,
  userId: string,
  siteId: string,
  where: Prisma.UserWhereInput,
) {
  return client.user.findFirst({
    where: { AND: [where, { id: userId, sites: { some: { siteId } } }] },
  });
}

/** Ids of the films of a study, in the order in which they came in. */
export async function imageIdsOfStudy(
  tx: Tx,
  studyId: string,
): Promise<string[]> {
  const images = await tx.image.findMany({
    where: { studyId },
    select: { id: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return images.map(({ id }) => id);
}

/** When the reader was shown the AI's opinion; null when not yet. */
export function findReveal(tx: Tx, caseId: string, readerId: string) {
  return tx.caseReveal.findUnique({
    where: { caseId_readerId: { caseId, readerId } },
  });
}
