import type { Tx } from "@lung-iris/prisma";

/** Films of a study, or of all of a patient's, that nobody has signed. */
export async function filmsOfOpenCases(
  tx: Tx,
  of: { studyId: string } | { patientId: string },
): Promise<string[]> {
  const study = "studyId" in of ? { id: of.studyId } : of;
  const films = await tx.image.findMany({
    where: { study: { ...study, case: { state: { not: "SIGNED" } } } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return films.map(({ id }) => id);
}
