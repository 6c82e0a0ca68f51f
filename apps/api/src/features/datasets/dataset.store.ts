import type {
  Dataset,
  DatabaseClient,
  DatasetMember,
  DatasetSplit,
  Tx,
} from "@lung-iris/prisma";
import { Prisma } from "@lung-iris/prisma";
import {
  casesOf,
  filmsOf,
  type DatasetCounts,
  type StoredDatasetFilter,
} from "./dataset-filter.ts";
import { LABELS } from "../readings/reading.rules.ts";
import type { StoredDatasetFormat } from "./dataset-format.ts";
import {
  lettersIn,
  MEMBER_INCLUDE,
  TEXT_FOUND,
  type Member,
} from "./files/export-film.ts";

/** How many cases and films a filter takes. */
export async function countCases(
  client: DatabaseClient | Tx,
  filter: StoredDatasetFilter,
  until: Date,
): Promise<DatasetCounts> {
  const where = casesOf(filter, until);
  const [labels, opinions, changedMind, films] = await Promise.all([
    client.caseLabel.groupBy({
      by: ["label", "grade"],
      where: { until: null, case: where },
      _count: true,
    }),
    client.case.groupBy({ by: ["agreesWithAi"], where, _count: true }),
    client.caseLabel.count({
      where: {
        until: null,
        case: where,
        OR: LABELS.map((opinion) => ({
          label: { not: opinion },
          readingVersion: { reading: { opinion } },
        })),
      },
    }),
    // One walk over the films: there are few different sets of notes.
    client.image.groupBy({
      by: ["warnings"],
      where: { AND: [filmsOf(filter), { study: { case: where } }] },
      _count: true,
    }),
  ]);
  const filmsWith = (letters: ReturnType<typeof lettersIn>): number =>
    films
      .filter((group) => lettersIn(group) === letters)
      .reduce((total, group) => total + group._count, 0);
  const sum = (accepts: (group: (typeof labels)[number]) => boolean) =>
    labels.filter(accepts).reduce((total, group) => total + group._count, 0);
  const agreeing = (wanted: boolean) =>
    opinions.find(({ agreesWithAi }) => agreesWithAi === wanted)?._count ?? 0;
  return {
    cases: sum(() => true),
    films: filmsWith(null),
    normal: sum(({ label }) => label === "NORMAL"),
    pneumonia: sum(({ label }) => label === "PNEUMONIA"),
    other: sum(({ label }) => label === "OTHER"),
    agreed: agreeing(true),
    overridden: agreeing(false),
    changedMind,
    adjudicated: sum(({ grade }) => grade === "ADJUDICATED"),
    twoAgree: sum(({ grade }) => grade === "TWO_AGREE"),
    oneBlind: sum(({ grade }) => grade === "ONE_BLIND"),
    oneAfterAi: sum(({ grade }) => grade === "ONE_AFTER_AI"),
    burntIn: filmsWith("said"),
    withText: filmsWith("found"),
  };
}

/** A film that a choice takes, with its patient, before it is a member. */
export type ChosenFilm = Pick<
  DatasetMember,
  "caseId" | "imageId" | "labelId"
> & {
  patientId: string;
};

/** Cases that are chosen at a time. */
const CHOICE_PAGE = 2_000;

/**
 * Every film that a filter takes, and how many are left out as letters are in
 * them; those whose letters can be blanked are taken where that is chosen.
 */
export async function chooseFilms(
  client: DatabaseClient,
  filter: StoredDatasetFilter,
  { pictureText }: Pick<StoredDatasetFormat, "pictureText">,
  until: Date,
): Promise<{ films: ChosenFilm[]; leftOut: number }> {
  const films: ChosenFilm[] = [];
  let leftOut = 0;
  let after: string | null = null;
  for (;;) {
    const page: ChosenCase[] = await client.case.findMany({
      where: {
        AND: [
          casesOf(filter, until),
          after === null ? {} : { id: { gt: after } },
        ],
      },
      orderBy: { id: "asc" },
      take: CHOICE_PAGE,
      select: chosenCase(filter),
    });
    for (const { id: caseId, labels, study } of page) {
      const [label] = labels;
      // Ended between the two queries: the case is being opened again.
      if (label === undefined) continue;
      const whole = study.images.filter((image) => {
        const letters = lettersIn(image);
        return (
          letters === null || (letters === "found" && pictureText === "BLANK")
        );
      });
      leftOut += study.images.length - whole.length;
      const { patientId } = study;
      for (const { id: imageId } of whole)
        films.push({ caseId, imageId, labelId: label.id, patientId });
    }
    const last = page.at(-1);
    if (!last || page.length < CHOICE_PAGE) return { films, leftOut };
    after = last.id;
  }
}

const chosenCase = (filter: StoredDatasetFilter) =>
  ({
    id: true,
    labels: { where: { until: null }, select: { id: true } },
    study: {
      select: {
        patientId: true,
        images: {
          where: filmsOf(filter),
          select: { id: true, warnings: true },
        },
      },
    },
  }) satisfies Prisma.CaseSelect;
type ChosenCase = Prisma.CaseGetPayload<{
  select: ReturnType<typeof chosenCase>;
}>;

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
