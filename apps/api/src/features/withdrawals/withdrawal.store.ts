import type {
  DatabaseClient,
  LearningWithdrawal,
  Patient,
  Prisma,
  Tx,
} from "@lung-iris/prisma";

/** The only writer of `LearningWithdrawal`. */

/** Reads a patient and holds the row until the transaction ends. */
export async function lockPatient(
  tx: Tx,
  scope: Prisma.PatientWhereInput,
  id: string,
): Promise<Patient | null> {
  await tx.$queryRaw`SELECT 1 FROM "Patient" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.patient.findFirst({ where: { AND: [scope, { id }] } });
}

/** The patient's withdrawal that is not lifted, or null. */
export function openWithdrawal(
  client: DatabaseClient | Tx,
  scope: Prisma.LearningWithdrawalWhereInput,
  patientId: string,
): Promise<LearningWithdrawal | null> {
  return client.learningWithdrawal.findFirst({
    where: { AND: [scope, { patientId, liftedAt: null }] },
  });
}

export function insertWithdrawal(
  tx: Tx,
  data: Prisma.LearningWithdrawalUncheckedCreateInput,
): Promise<LearningWithdrawal> {
  return tx.learningWithdrawal.create({ data });
}

export function liftWithdrawal(
  tx: Tx,
  id: string,
  data: Required<
    Pick<
      Prisma.LearningWithdrawalUncheckedUpdateInput,
      "liftedAt" | "liftedById" | "liftedByName" | "liftReason"
    >
  >,
): Promise<LearningWithdrawal> {
  return tx.learningWithdrawal.update({ where: { id }, data });
}

/** Newest first, lifted ones too; ids are of version 7. */
export function findWithdrawals(
  client: DatabaseClient,
  scope: Prisma.LearningWithdrawalWhereInput,
  before: string | null,
  take: number,
): Promise<LearningWithdrawal[]> {
  return client.learningWithdrawal.findMany({
    where: { AND: [scope, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
  });
}
