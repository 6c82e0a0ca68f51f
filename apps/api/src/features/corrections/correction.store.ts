import type { Tx } from "@lung-iris/prisma";

/** Signed cases among the study's own and all of the patient's. */
export function countSigned(
  tx: Tx,
  studyId: string,
  patientId: string,
): Promise<number> {
  return tx.case.count({
    where: { state: "SIGNED", OR: [{ studyId }, { patientId }] },
  });
}

/** Takes notes off a study's films. */
export async function settleNotes(
  tx: Tx,
  studyId: string,
  notes: readonly string[],
): Promise<void> {
  if (notes.length === 0) return;
  await tx.$executeRaw`
    UPDATE "Image" SET "warnings" = ARRAY(
      SELECT warning FROM unnest("warnings") AS warning
      WHERE warning <> ALL (${[...notes]}::text[]))
    WHERE "studyId" = ${studyId}::uuid AND "warnings" && ${[...notes]}::text[]`;
}
