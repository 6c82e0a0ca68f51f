import type { DatabaseClient, Sex, Tx } from "@lung-iris/prisma";

type Of = { studyId: string } | { patientId: string };

/** Films of a study, or of all of a patient's, that nobody has signed. */
export async function filmsOfOpenCases(
  tx: DatabaseClient | Tx,
  of: Of,
): Promise<string[]> {
  const study = "studyId" in of ? { id: of.studyId } : of;
  const films = await tx.image.findMany({
    where: {
      removedAt: null,
      study: { ...study, case: { state: { not: "SIGNED" } } },
    },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return films.map(({ id }) => id);
}

/** The same of several, each film once. */
export async function filmsOfAll(
  tx: DatabaseClient | Tx,
  all: readonly Of[],
): Promise<string[]> {
  const films = new Set<string>();
  for (const of of all)
    for (const id of await filmsOfOpenCases(tx, of)) films.add(id);
  return [...films].sort();
}

/** What the model is told of a study. */
interface StudyBasis {
  /** Null for a record that is yet to be made. */
  patientId: string | null;
  sex: Sex;
  ageYears: number | null;
}

/**
 * Whose films the model is asked about again: it is told age and sex, and its
 * threshold depends on them. The sex is the patient's, so that concerns all
 * studies of the patient; the age is the study's own. A film whose prediction
 * was made with the same is left as it is by the job.
 */
export function askedAgain(
  studyId: string,
  before: StudyBasis,
  after: StudyBasis,
): Of[] {
  const { patientId } = after;
  if (before.patientId !== patientId || before.sex !== after.sex)
    return [{ studyId }, ...(patientId === null ? [] : [{ patientId }])];
  return before.ageYears === after.ageYears ? [] : [{ studyId }];
}
