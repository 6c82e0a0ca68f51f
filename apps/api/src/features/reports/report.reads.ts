import type { Case, DatabaseClient, Prisma } from "@lung-iris/prisma";
import type { PriorFilm, StudyFacts } from "./report-sentences.ts";

/** What a report says of the study before anybody has looked at it. */
export async function studyOfReport(
  client: DatabaseClient,
  studyId: string,
): Promise<StudyFacts> {
  const study = await client.study.findUniqueOrThrow({
    where: { id: studyId },
    select: {
      modality: true,
      viewPosition: true,
      requestedProcedure: true,
      clinicalFlags: true,
      clinicalNote: true,
      _count: { select: { images: { where: { removedAt: null } } } },
    },
  });
  const { _count: counts, ...facts } = study;
  return { ...facts, filmCount: counts.images };
}

/**
 * The patient's latest earlier study that is signed: the one that a reader
 * compares with. A study of an unknown day comes after those of a known one.
 */
export async function priorReported(
  client: DatabaseClient,
  scope: Prisma.CaseWhereInput,
  row: Pick<Case, "id" | "patientId" | "studyId">,
): Promise<(PriorFilm & { caseId: string }) | null> {
  const { studyDate } = await client.study.findUniqueOrThrow({
    where: { id: row.studyId },
    select: { studyDate: true },
  });
  const earlier: Prisma.StudyWhereInput =
    studyDate === null
      ? {}
      : { OR: [{ studyDate: null }, { studyDate: { lte: studyDate } }] };
  const prior = await client.case.findFirst({
    where: {
      AND: [
        scope,
        {
          patientId: row.patientId,
          state: "SIGNED",
          id: { not: row.id },
          study: earlier,
        },
      ],
    },
    orderBy: [
      { study: { studyDate: { sort: "desc", nulls: "last" } } },
      { signedAt: "desc" },
      { id: "desc" },
    ],
    select: {
      id: true,
      study: { select: { viewPosition: true, studyDate: true } },
    },
  });
  return prior === null ? null : { caseId: prior.id, ...prior.study };
}

/** A signed version with all that is printed around it. */
export type ReportedVersion = NonNullable<
  Awaited<ReturnType<typeof reportedVersion>>
>;

/** A version within a scope with its case, study and signer; null without. */
export async function reportedVersion(
  client: DatabaseClient,
  scope: Prisma.ReadingVersionWhereInput,
  id: string,
) {
  const version = await client.readingVersion.findFirst({
    where: { AND: [scope, { id }] },
    include: {
      reading: {
        select: { stage: true, reader: { select: { name: true } } },
      },
      prediction: {
        select: { id: true, modelVersion: { select: { name: true } } },
      },
    },
  });
  if (version === null) return null;
  const row = await reportedCase(client, version.caseId);
  const newest = await client.readingVersion.aggregate({
    where: { readingId: version.readingId },
    _max: { version: true },
  });
  return { version, row, newest: newest._max.version ?? version.version };
}

/** A case with all that is printed around a report. */
export function reportedCase(client: DatabaseClient, id: string) {
  return client.case.findUniqueOrThrow({
    where: { id },
    include: {
      preliminaryReports: {
        select: { number: true },
        orderBy: { number: "desc" },
        take: 1,
      },
      site: { select: { name: true, code: true, timeZone: true } },
      study: {
        select: {
          accessionNumber: true,
          description: true,
          studyDate: true,
          studyTime: true,
          referringPhysician: true,
          patient: {
            select: {
              name: true,
              mrn: true,
              birthDate: true,
              sex: true,
              identityState: true,
            },
          },
          images: {
            where: { removedAt: null },
            select: {
              id: true,
              sha256: true,
              width: true,
              height: true,
              pixelSpacing: true,
              quarterTurns: true,
              isMirrored: true,
            },
            orderBy: [{ createdAt: "asc" }, { id: "asc" }],
          },
        },
      },
    },
  });
}
