import type { DatabaseClient, Patient, Tx } from "@lung-iris/prisma";

/**
 * Records of one person: a record that was merged points to the one that
 * counts, which may itself point further.
 */

/** The record that counts for a patient: the record itself, or its survivor. */
export async function recordThatCounts(
  tx: DatabaseClient | Tx,
  patient: Patient,
): Promise<Patient> {
  let record = patient;
  while (record.mergedIntoId !== null)
    record = await tx.patient.findUniqueOrThrow({
      where: { id: record.mergedIntoId },
    });
  return record;
}

/** A record that was merged into another, directly or through a third. */
interface MergedRecord {
  id: string;
  /** The record that counts. */
  survivorId: string;
}

/** Every record that was merged into one of these, the survivors left out. */
export function recordsMergedInto(
  client: DatabaseClient | Tx,
  survivorIds: readonly string[],
): Promise<MergedRecord[]> {
  return client.$queryRaw<MergedRecord[]>`
    WITH RECURSIVE merged AS (
      SELECT p."id", p."mergedIntoId" AS "survivorId" FROM "Patient" p
      WHERE p."mergedIntoId" = ANY (${[...survivorIds]}::uuid[])
      UNION
      SELECT p."id", m."survivorId"
      FROM merged m JOIN "Patient" p ON p."mergedIntoId" = m."id")
    SELECT "id"::text, "survivorId"::text FROM merged ORDER BY "id"`;
}
