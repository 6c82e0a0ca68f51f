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
      _count: { select: { images: true } },
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
