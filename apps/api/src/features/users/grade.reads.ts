import type { ReaderGrade, Tx } from "@lung-iris/prisma";

/** The grade that a user has now, as the transaction sees it. */
export async function gradeOf(tx: Tx, userId: string): Promise<ReaderGrade> {
  const { grade } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { grade: true },
  });
  return grade;
}
