import type {
  Dataset,
  DatabaseClient,
  DatasetSplit,
  Tx,
} from "@lung-iris/prisma";
import { Prisma } from "@lung-iris/prisma";
import type { ChosenFilm } from "./dataset-choice.ts";
import {
  MEMBER_INCLUDE,
  TEXT_FOUND,
  type Member,
} from "../dataset-files/export-film.ts";

/** Rows in a statement: 4 arrays of ids of some 70 kB each. */
const INSERT_PAGE = 2_000;

/** Writes who is in a dataset; the only writer of `DatasetMember`. */
export async function insertMembers(
  tx: Tx,
  datasetId: string,
  members: readonly (ChosenFilm & { split: DatasetSplit })[],
): Promise<void> {
  for (let at = 0; at < members.length; at += INSERT_PAGE) {
    const page = members.slice(at, at + INSERT_PAGE);
    const all = (column: "caseId" | "imageId" | "labelId" | "split") =>
      page.map((member) => member[column]);
    await tx.$executeRaw`
      INSERT INTO "DatasetMember"
        ("datasetId", "caseId", "imageId", "labelId", "split")
      SELECT ${datasetId}::uuid, m.* FROM unnest(${all("caseId")}::uuid[],
        ${all("imageId")}::uuid[], ${all("labelId")}::uuid[],
        ${all("split")}::"DatasetSplit"[]) m`;
  }
}

/** Members in memory at a time; films are read one by one. */
const MEMBER_PAGE = 100;

/** The members of a dataset, page by page, always in the same order. */
export async function* readMembers(
  client: DatabaseClient,
  datasetId: string,
): AsyncGenerator<Member> {
  let after: Member | undefined;
  for (;;) {
    const page: Member[] = await client.datasetMember.findMany({
      where: { datasetId },
      orderBy: [{ caseId: "asc" }, { imageId: "asc" }],
      take: MEMBER_PAGE,
      include: MEMBER_INCLUDE,
      ...(after === undefined
        ? {}
        : {
            skip: 1,
            cursor: {
              datasetId_caseId_imageId: {
                datasetId,
                caseId: after.caseId,
                imageId: after.imageId,
              },
            },
          }),
    });
    yield* page;
    after = page.at(-1);
    if (page.length < MEMBER_PAGE) return;
  }
}

/**
 * Keeps as a note of the film that letters are in its picture; false where the
 * note was there already.
 */
export async function noteText(tx: Tx, imageId: string): Promise<boolean> {
  const noted = await tx.$executeRaw`
    UPDATE "Image" SET "warnings" = "warnings" || ${TEXT_FOUND}
    WHERE "id" = ${imageId}::uuid AND NOT ${TEXT_FOUND} = ANY("warnings")`;
  return noted === 1;
}

/** Reads a dataset and holds the row until the transaction ends. */
export async function lockDataset(
  tx: Tx,
  scope: Prisma.DatasetWhereInput,
  id: string,
): Promise<Dataset | null> {
  await tx.$queryRaw`SELECT 1 FROM "Dataset" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.dataset.findFirst({ where: { AND: [scope, { id }] } });
}

/** As it was when it was asked for, with the same members. */
export function queueAgain(tx: Tx, id: string): Promise<Dataset> {
  return tx.dataset.update({
    where: { id },
    data: {
      state: "QUEUED",
      failure: null,
      error: null,
      leaks: [],
      leakCount: 0,
      done: 0,
      textFound: 0,
      finishedAt: null,
    },
  });
}

/** Newest first; ids are of version 7, so later made is larger. */
export function findDatasets(
  client: DatabaseClient,
  scope: Prisma.DatasetWhereInput,
  before: string | null,
  take: number,
): Promise<Dataset[]> {
  return client.dataset.findMany({
    where: { AND: [scope, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
  });
}

/** Datasets that hold films of a patient, newest first. */
export function findHolding(
  client: DatabaseClient,
  scope: Prisma.DatasetWhereInput,
  patientId: string,
  before: string | null,
  take: number,
): Promise<Dataset[]> {
  const holds = { members: { some: { case: { patientId } } } };
  return findDatasets(client, { AND: [scope, holds] }, before, take);
}

/** How many of a site hold films of a patient. */
export function countHolding(tx: Tx, patientId: string): Promise<number> {
  return tx.dataset.count({
    where: { members: { some: { case: { patientId } } } },
  });
}
