import { Prisma, withTransaction } from "@lung-iris/prisma";
import type {
  DatabaseClient,
  ResumablePart,
  ResumableUpload,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `ResumableUpload` and `ResumablePart`. */

export interface OpenUploads {
  count: number;
  /** What they will be when they are whole. */
  bytes: number;
}

/** What somebody has begun and not ended; who begins at once waits. */
export async function lockOpenUploads(
  tx: Tx,
  userId: string,
  since: Date,
): Promise<OpenUploads> {
  await tx.$queryRaw`
    SELECT 1 FROM (SELECT pg_advisory_xact_lock(
      hashtextextended('resumable-uploads ' || ${userId}, 0))) w`;
  const { _count: count, _sum: sum } = await tx.resumableUpload.aggregate({
    where: {
      userId,
      outcome: { equals: Prisma.DbNull },
      touchedAt: { gt: since },
    },
    _count: true,
    _sum: { length: true },
  });
  return { count, bytes: Number(sum.length ?? 0n) };
}

export function insertUpload(
  tx: Tx,
  data: Prisma.ResumableUploadUncheckedCreateInput,
): Promise<ResumableUpload> {
  return tx.resumableUpload.create({ data });
}

export function findUpload(
  client: DatabaseClient,
  where: Prisma.ResumableUploadWhereInput,
): Promise<ResumableUpload | null> {
  return client.resumableUpload.findFirst({ where });
}

/** Notes a piece before it is put away, so that it is found whatever happens. */
export async function notePart(
  client: DatabaseClient,
  part: Omit<ResumablePart, "isKept">,
): Promise<void> {
  await client.resumablePart.create({ data: part });
}

/**
 * Counts a piece that lies in the store by now, if it goes on where the last one
 * ended; false where another request was first.
 */
export function keepPart(
  client: DatabaseClient,
  { uploadId, offset, bytes, key }: Omit<ResumablePart, "isKept">,
  touchedAt: Date,
): Promise<boolean> {
  return withTransaction(client, async (tx) => {
    const { count } = await tx.resumableUpload.updateMany({
      where: { id: uploadId, offset },
      data: { offset: offset + BigInt(bytes), touchedAt },
    });
    if (count === 0) return false;
    await tx.resumablePart.update({ where: { key }, data: { isKept: true } });
    return true;
  });
}

/** The pieces that make the film, in their order. */
export function keptParts(
  client: DatabaseClient,
  uploadId: string,
): Promise<ResumablePart[]> {
  return client.resumablePart.findMany({
    where: { uploadId, isKept: true },
    orderBy: { offset: "asc" },
  });
}

/** All that may lie in the store, also what was never counted. */
export function notedParts(
  client: DatabaseClient,
  uploadId: string,
): Promise<ResumablePart[]> {
  return client.resumablePart.findMany({ where: { uploadId } });
}

export async function forgetPart(
  client: DatabaseClient,
  key: string,
): Promise<void> {
  await client.resumablePart.deleteMany({ where: { key } });
}

export async function forgetParts(
  client: DatabaseClient,
  uploadId: string,
): Promise<void> {
  await client.resumablePart.deleteMany({ where: { uploadId } });
}

/** Keeps what became of the film, and what was kept first. */
export async function keepOutcome(
  client: DatabaseClient,
  id: string,
  outcome: Prisma.InputJsonValue,
): Promise<Prisma.JsonValue> {
  await client.resumableUpload.updateMany({
    where: { id, outcome: { equals: Prisma.DbNull } },
    data: { outcome },
  });
  const row = await client.resumableUpload.findUniqueOrThrow({ where: { id } });
  return row.outcome;
}

export async function deleteUpload(
  client: DatabaseClient | Tx,
  id: string,
): Promise<void> {
  await client.resumableUpload.deleteMany({ where: { id } });
}

/** Those of which nothing came any more since a time. */
export function expiredUploads(
  client: DatabaseClient,
  before: Date,
  take: number,
): Promise<ResumableUpload[]> {
  return client.resumableUpload.findMany({
    where: { touchedAt: { lte: before } },
    orderBy: { touchedAt: "asc" },
    take,
  });
}
