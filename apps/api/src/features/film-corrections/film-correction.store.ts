import type {
  DatabaseClient,
  FilmCorrection,
  Image,
  Prisma,
  Series,
  Study,
  Tx,
} from "@lung-iris/prisma";

import type { FilmPose } from "./film-pose.ts";

/**
 * The only writer of `FilmCorrection`, and of where a film is, how it lies
 * and whether it is seen.
 */

/** A correction with the name of its film, which may be out of sight. */
export type CorrectionRow = FilmCorrection & {
  image: Pick<Image, "originalName">;
};

const withName = { image: { select: { originalName: true } } } as const;

/** A film within a scope, one that is out of sight too. */
export function findFilm(
  client: DatabaseClient | Tx,
  scope: Prisma.ImageWhereInput,
  id: string,
): Promise<Image | null> {
  return client.image.findFirst({ where: { AND: [scope, { id }] } });
}

/** Films of a study that are in sight, other than one. */
export function countOthers(
  client: DatabaseClient | Tx,
  studyId: string,
  imageId: string,
): Promise<number> {
  return client.image.count({
    where: { studyId, removedAt: null, id: { not: imageId } },
  });
}

/** Puts a film into a study, in a series of the same UID there. */
export async function putFilm(
  tx: Tx,
  image: Image,
  studyId: string,
  newSeriesId: string,
): Promise<Image> {
  const series =
    image.seriesId === null
      ? null
      : await seriesIn(tx, image.seriesId, studyId, newSeriesId);
  return tx.image.update({
    where: { id: image.id },
    data: { studyId, seriesId: series?.id ?? null },
  });
}

async function seriesIn(
  tx: Tx,
  id: string,
  studyId: string,
  newId: string,
): Promise<Series> {
  const own = await tx.series.findUniqueOrThrow({ where: { id } });
  const facts: Prisma.SeriesCreateManyInput = { ...own, id: newId, studyId };
  // It is made now, whenever the one that it is of was.
  delete facts.createdAt;
  const [made] = await tx.series.createManyAndReturn({
    data: facts,
    skipDuplicates: true,
  });
  if (made !== undefined) return made;
  const { seriesInstanceUid } = own;
  return tx.series.findUniqueOrThrow({
    where: { studyId_seriesInstanceUid: { studyId, seriesInstanceUid } },
  });
}

/** Takes a film out of sight, or brings it back. */
export function setRemoved(
  tx: Tx,
  id: string,
  removedAt: Date | null,
): Promise<Image> {
  return tx.image.update({ where: { id }, data: { removedAt } });
}

/** Lays a film, and says the view of its study with it. */
export async function setPose(
  tx: Tx,
  { id, studyId }: Image,
  { studyView, ...pose }: FilmPose,
): Promise<void> {
  await tx.image.update({ where: { id }, data: pose });
  await tx.study.update({
    where: { id: studyId },
    data: { viewPosition: studyView },
  });
}

export function insertStudy(
  tx: Tx,
  data: Prisma.StudyUncheckedCreateInput,
): Promise<Study> {
  return tx.study.create({ data });
}

export function insertCorrection(
  tx: Tx,
  data: Prisma.FilmCorrectionUncheckedCreateInput,
): Promise<CorrectionRow> {
  return tx.filmCorrection.create({ data, include: withName });
}

export function closeCorrection(
  tx: Tx,
  id: string,
  data: Required<
    Pick<
      Prisma.FilmCorrectionUncheckedUpdateInput,
      "undoneAt" | "undoneById" | "undoneByName" | "undoReason"
    >
  >,
): Promise<CorrectionRow> {
  return tx.filmCorrection.update({ where: { id }, data, include: withName });
}

export function findCorrection(
  client: DatabaseClient | Tx,
  scope: Prisma.FilmCorrectionWhereInput,
  id: string,
): Promise<CorrectionRow | null> {
  return client.filmCorrection.findFirst({
    where: { AND: [scope, { id }] },
    include: withName,
  });
}

/** Corrections of films that are or were in a study, newest first. */
export function findCorrections(
  client: DatabaseClient,
  scope: Prisma.FilmCorrectionWhereInput,
  {
    studyId,
    before,
    take,
  }: {
    studyId: string;
    before: string | null;
    take: number;
  },
): Promise<CorrectionRow[]> {
  return client.filmCorrection.findMany({
    where: {
      AND: [
        scope,
        { OR: [{ studyId }, { toStudyId: studyId }] },
        before === null ? {} : { id: { lt: before } },
      ],
    },
    orderBy: { id: "desc" },
    take,
    include: withName,
  });
}

/** Of each film the newest correction that stands: the one to undo first. */
export async function newestStanding(
  client: DatabaseClient | Tx,
  imageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await client.filmCorrection.findMany({
    where: { imageId: { in: [...imageIds] }, undoneAt: null },
    orderBy: [{ imageId: "asc" }, { id: "desc" }],
    distinct: ["imageId"],
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}
