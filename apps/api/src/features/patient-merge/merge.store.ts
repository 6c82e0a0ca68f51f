import type {
  DatabaseClient,
  PatientMerge,
  Prisma,
  Study,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `PatientMerge`. */

/** Hands studies to a patient; those that have gone elsewhere stay there. */
export async function moveStudies(
  tx: Tx,
  { from, to }: { from: string; to: string },
  ids: readonly string[],
): Promise<Study[]> {
  const rows = await tx.study.updateManyAndReturn({
    where: { id: { in: [...ids] }, patientId: from },
    data: { patientId: to },
  });
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export async function studyIdsOf(
  client: DatabaseClient | Tx,
  patientId: string,
): Promise<string[]> {
  const rows = await client.study.findMany({
    where: { patientId },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/**
 * Studies that came to a survivor after the merge, oldest first; those of
 * another merge into it go back with that one.
 */
export async function studiesSince(
  client: DatabaseClient | Tx,
  { id, survivorId, studyIds, ownStudyIds }: PatientMerge,
): Promise<Study[]> {
  const others = await client.patientMerge.findMany({
    where: { survivorId, undoneAt: null, id: { not: id } },
  });
  const known = [
    ...studyIds,
    ...ownStudyIds,
    ...others.flatMap((other) => other.studyIds),
  ];
  return client.study.findMany({
    where: { patientId: survivorId, id: { notIn: known } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

export function insertMerge(
  tx: Tx,
  data: Prisma.PatientMergeUncheckedCreateInput,
): Promise<PatientMerge> {
  return tx.patientMerge.create({ data });
}

export function closeMerge(
  tx: Tx,
  id: string,
  data: Required<
    Pick<
      Prisma.PatientMergeUncheckedUpdateInput,
      "undoneAt" | "undoneById" | "undoneByName" | "undoReason"
    >
  >,
): Promise<PatientMerge> {
  return tx.patientMerge.update({ where: { id }, data });
}

export function findMerge(
  client: DatabaseClient | Tx,
  scope: Prisma.PatientMergeWhereInput,
  id: string,
): Promise<PatientMerge | null> {
  return client.patientMerge.findFirst({ where: { AND: [scope, { id }] } });
}

/** Newest first, undone ones too; ids are of version 7. */
export function findMerges(
  client: DatabaseClient,
  scope: Prisma.PatientMergeWhereInput,
  before: string | null,
  take: number,
): Promise<PatientMerge[]> {
  return client.patientMerge.findMany({
    where: { AND: [scope, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
  });
}
