import type {
  DatabaseClient,
  Erasure,
  ErasedObject,
  Prisma,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `Erasure` and of `ErasedObject`. */

/** An erasure with how many of its bytes are still to go. */
export type ErasureRow = Erasure & { _count: { objects: number } };

const include = { _count: { select: { objects: true } } } as const;

export function insertErasure(
  tx: Tx,
  data: Prisma.ErasureUncheckedCreateInput,
): Promise<ErasureRow> {
  return tx.erasure.create({ data, include });
}

/** Reads an erasure and holds it until the transaction ends. */
export async function lockErasure(
  tx: Tx,
  scope: Prisma.ErasureWhereInput,
  id: string,
): Promise<ErasureRow | null> {
  await tx.$queryRaw`SELECT 1 FROM "Erasure" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.erasure.findFirst({ where: { AND: [scope, { id }] }, include });
}

/** Writes the decision; the database lets it once. */
export function decideErasure(
  tx: Tx,
  id: string,
  data: Prisma.ErasureUncheckedUpdateInput,
): Promise<ErasureRow> {
  return tx.erasure.update({ where: { id }, data, include });
}

/** Takes every row of an approved erasure's person: the owner's function. */
export async function eraseRows(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`SELECT erase_patient(${id}::uuid)::text`;
}

export function findErasure(
  client: DatabaseClient | Tx,
  id: string,
): Promise<ErasureRow> {
  return client.erasure.findUniqueOrThrow({ where: { id }, include });
}

/** The proposal for one of these records that waits, or null. */
export function openErasure(
  client: DatabaseClient | Tx,
  records: readonly string[],
): Promise<Erasure | null> {
  return client.erasure.findFirst({
    where: { patientId: { in: [...records] }, state: "PROPOSED" },
  });
}

/** Newest first; ids are of version 7. */
export function findErasures(
  client: DatabaseClient,
  scope: Prisma.ErasureWhereInput,
  before: string | null,
  take: number,
): Promise<ErasureRow[]> {
  return client.erasure.findMany({
    where: { AND: [scope, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
    include,
  });
}

/**
 * Objects that are to be removed: those that never were, and those that were
 * before `again` and are looked for once more.
 */
export function dueObjects(
  client: DatabaseClient,
  again: Date,
  take: number,
): Promise<ErasedObject[]> {
  return client.erasedObject.findMany({
    where: { OR: [{ removedAt: null }, { removedAt: { lt: again } }] },
    orderBy: { id: "asc" },
    take,
  });
}

/** Notes that an object was removed; it is looked for once more. */
export async function noteRemoved(
  tx: Tx,
  id: string,
  now: Date,
): Promise<void> {
  await tx.erasedObject.updateMany({
    where: { id, removedAt: null },
    data: { removedAt: now },
  });
}

/** An object is gone for good. */
export async function forgetObject(tx: Tx, id: string): Promise<void> {
  await tx.erasedObject.deleteMany({ where: { id } });
}

/** Approved erasures without an object left that do not say so yet. */
export function emptiedErasures(client: DatabaseClient): Promise<Erasure[]> {
  return client.erasure.findMany({
    where: { state: "APPROVED", emptiedAt: null, objects: { none: {} } },
    orderBy: { id: "asc" },
    take: 100,
  });
}

/** Notes that the last object is gone; false where another has. */
export async function noteEmptied(
  tx: Tx,
  id: string,
  emptiedAt: Date,
): Promise<boolean> {
  const { count } = await tx.erasure.updateMany({
    where: { id, emptiedAt: null },
    data: { emptiedAt },
  });
  return count === 1;
}
