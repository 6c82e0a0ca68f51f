import type { Case, Tx } from "@lung-iris/prisma";

/** Reads the case and holds it until the transaction ends. */
export async function lockCaseOfStudy(tx: Tx, studyId: string): Promise<Case> {
  await tx.$queryRaw`SELECT 1 FROM "Case" WHERE "studyId" = ${studyId}::uuid FOR UPDATE`;
  return tx.case.findUniqueOrThrow({ where: { studyId } });
}
