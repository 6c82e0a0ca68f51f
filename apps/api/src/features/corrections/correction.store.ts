import type {
  DatabaseClient,
  Prisma,
  StudyCorrection,
  Tx,
} from "@lung-iris/prisma";
import { canonicalJson } from "../../audit/canonical-json.ts";
import type {
  NotesTaken,
  StoredFacts,
  StudyState,
} from "./stored-correction.ts";

/** The only writer of `StudyCorrection`. */

/** A study with whose it is, as they are now. */
export async function readState(
  client: DatabaseClient | Tx,
  studyId: string,
): Promise<StudyState> {
  const { patient, ...study } = await client.study.findUniqueOrThrow({
    where: { id: studyId },
    include: { patient: true },
  });
  return { study, patient };
}

/** Signed cases among the study's own and all of a record, where one is named. */
export function countSigned(
  client: DatabaseClient | Tx,
  studyId: string,
  recordId: string | null,
): Promise<number> {
  const patientId = recordId ?? undefined;
  return client.case.count({
    where: {
      state: "SIGNED",
      OR: [{ studyId }, ...(patientId === undefined ? [] : [{ patientId }])],
    },
  });
}

/** Takes notes off a study's films; which, of which film. */
export async function settleNotes(
  tx: Tx,
  studyId: string,
  notes: readonly string[],
): Promise<NotesTaken> {
  if (notes.length === 0) return [];
  return tx.$queryRaw<NotesTaken>`
    WITH noted AS (
      SELECT i."id", ARRAY(SELECT warning FROM unnest(i."warnings") AS warning
        WHERE warning = ANY (${[...notes]}::text[])) AS "notes"
      FROM "Image" i
      WHERE i."studyId" = ${studyId}::uuid
        AND i."warnings" && ${[...notes]}::text[]
      FOR UPDATE)
    UPDATE "Image" i SET "warnings" = ARRAY(
      SELECT warning FROM unnest(i."warnings") AS warning
      WHERE warning <> ALL (noted."notes"))
    FROM noted WHERE i."id" = noted."id"
    RETURNING i."id"::text AS "imageId", noted."notes" AS "notes"`;
}

/** Puts notes back on those films that are still in the study. */
export async function putNotesBack(
  tx: Tx,
  studyId: string,
  taken: NotesTaken,
): Promise<void> {
  for (const { imageId, notes } of taken)
    await tx.$executeRaw`
      UPDATE "Image" SET "warnings" = "warnings" || ARRAY(
        SELECT note FROM unnest(${notes}::text[]) AS note
        WHERE note <> ALL ("warnings"))
      WHERE "id" = ${imageId}::uuid AND "studyId" = ${studyId}::uuid`;
}

export function insertCorrection(
  tx: Tx,
  { before, after, recordBefore, notesTaken }: StoredFacts,
  columns: Omit<
    Prisma.StudyCorrectionUncheckedCreateInput,
    keyof StoredFacts | "recordBefore"
  >,
): Promise<StudyCorrection> {
  return tx.studyCorrection.create({
    data: {
      ...columns,
      before: asJson(before),
      after: asJson(after),
      ...(recordBefore === null ? {} : { recordBefore: asJson(recordBefore) }),
      notesTaken: asJson(notesTaken),
    },
  });
}

/** What canonicalJson writes is JSON, whatever the interface was called. */
function asJson(value: object): Prisma.InputJsonValue {
  return JSON.parse(canonicalJson(value)) as Prisma.InputJsonValue;
}

export function closeCorrection(
  tx: Tx,
  id: string,
  data: Required<
    Pick<
      Prisma.StudyCorrectionUncheckedUpdateInput,
      "undoneAt" | "undoneById" | "undoneByName" | "undoReason"
    >
  >,
): Promise<StudyCorrection> {
  return tx.studyCorrection.update({ where: { id }, data });
}

export function findCorrection(
  client: DatabaseClient | Tx,
  scope: Prisma.StudyCorrectionWhereInput,
  id: string,
): Promise<StudyCorrection | null> {
  return client.studyCorrection.findFirst({ where: { AND: [scope, { id }] } });
}

/** Corrections of a study, newest first. */
export function findCorrections(
  client: DatabaseClient,
  scope: Prisma.StudyCorrectionWhereInput,
  {
    studyId,
    before,
    take,
  }: { studyId: string; before: string | null; take: number },
): Promise<StudyCorrection[]> {
  return client.studyCorrection.findMany({
    where: {
      AND: [scope, { studyId }, before === null ? {} : { id: { lt: before } }],
    },
    orderBy: { id: "desc" },
    take,
  });
}

/**
 * Which of some corrections stand with none on top: a later one of the same
 * study, or one by which the same record says something else.
 */
export async function topmostStanding(
  client: DatabaseClient | Tx,
  rows: readonly StudyCorrection[],
): Promise<ReadonlySet<string>> {
  const standing = rows.filter(({ undoneAt }) => undoneAt === null);
  const others = await client.studyCorrection.findMany({
    where: {
      undoneAt: null,
      OR: [
        { studyId: { in: standing.map(({ studyId }) => studyId) } },
        {
          isRecordChanged: true,
          toPatientId: { in: standing.map(({ toPatientId }) => toPatientId) },
        },
      ],
    },
    select: {
      id: true,
      studyId: true,
      toPatientId: true,
      isRecordChanged: true,
    },
  });
  const isUnder = (row: StudyCorrection) =>
    others.some(
      (other) =>
        other.id > row.id &&
        (other.studyId === row.studyId ||
          (row.isRecordChanged &&
            other.isRecordChanged &&
            other.toPatientId === row.toPatientId)),
    );
  return new Set(standing.filter((row) => !isUnder(row)).map(({ id }) => id));
}
