import type {
  DatabaseClient,
  Prisma,
  Reading,
  ReadingVersion,
  Tx,
} from "@lung-iris/prisma";

/** The films of a study, for what is marked on them. */
export function filmsOfStudy(tx: Tx, studyId: string) {
  return tx.image.findMany({
    where: { studyId, removedAt: null },
    select: { id: true, width: true, height: true },
  });
}

export function findVersion(
  client: DatabaseClient | Tx,
  scope: Prisma.ReadingVersionWhereInput,
  id: string,
): Promise<ReadingVersion | null> {
  return client.readingVersion.findFirst({ where: { AND: [scope, { id }] } });
}

/** Whether the reader was shown the AI's answer of the case, ever. */
export async function wasRevealed(
  tx: Tx,
  caseId: string,
  readerId: string,
): Promise<boolean> {
  const shown = await tx.reading.count({
    where: { caseId, readerId, revealedAt: { not: null } },
  });
  return shown > 0;
}

/** The reader's own reading under a lease, or null. */
export function openReading(
  tx: Tx,
  caseId: string,
  readerId: string,
): Promise<Reading | null> {
  return tx.reading.findFirst({
    where: { caseId, readerId, state: "OPEN" },
  });
}

/** What was signed last of the case, of its first read; null without. */
export function newestOfCase(
  tx: Tx,
  caseId: string,
): Promise<ReadingVersion | null> {
  return tx.readingVersion.findFirst({
    where: { caseId, reading: { stage: "PRIMARY" } },
    orderBy: [{ signedAt: "desc" }, { id: "desc" }],
  });
}

/** Of whom and where a page of notices goes on. */
export interface NoticePage {
  readerId: string;
  /** Older ones than this; null for the first page. */
  before: { at: Date; id: string } | null;
  take: number;
}

/** The reader's readings of which something is to be told, newest first. */
export function readingsWithNotice(
  client: DatabaseClient,
  scope: Prisma.ReadingWhereInput,
  { readerId, before, take }: NoticePage,
): Promise<Reading[]> {
  const older: Prisma.ReadingWhereInput =
    before === null
      ? {}
      : {
          OR: [
            { noticeAt: { lt: before.at } },
            { noticeAt: before.at, id: { lt: before.id } },
          ],
        };
  return client.reading.findMany({
    where: { AND: [scope, { readerId, notice: { not: null } }, older] },
    orderBy: [{ noticeAt: "desc" }, { id: "desc" }],
    take,
  });
}
