import type {
  Case,
  DatabaseClient,
  Prisma,
  Reading,
  ReadingVersion,
  Tx,
} from "@lung-iris/prisma";

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

/** The newest signed version of a case at a stage, or null. */
export function newestVersion(
  client: DatabaseClient | Tx,
  caseId: string,
  stage: Reading["stage"],
): Promise<ReadingVersion | null> {
  return client.readingVersion.findFirst({
    where: { caseId, reading: { stage } },
    orderBy: [{ signedAt: "desc" }, { id: "desc" }],
  });
}
