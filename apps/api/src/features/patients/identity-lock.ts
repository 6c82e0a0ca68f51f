import type { Patient, Prisma, Tx } from "@lung-iris/prisma";

/**
 * Waits until no other transaction decides about the same number (or other
 * key) at the site.
 */
export async function lockIdentity(
  tx: Tx,
  siteId: string,
  key: string,
): Promise<void> {
  const text = `identity:${siteId}:${key}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${text}, 0))`;
}

/**
 * Reads patients and holds their rows until the transaction ends, always
 * in the order of their ids. A patient out of scope is left out.
 */
export async function lockPatients(
  tx: Tx,
  scope: Prisma.PatientWhereInput,
  ids: readonly string[],
): Promise<Map<string, Patient>> {
  await tx.$queryRaw`SELECT 1 FROM "Patient"
    WHERE "id" = ANY (${[...ids]}::uuid[]) ORDER BY "id" FOR UPDATE`;
  const rows = await tx.patient.findMany({
    where: { AND: [scope, { id: { in: [...ids] } }] },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Numbers and studies of records: what a film that arrives is found by. */
export async function identityKeys(
  tx: Tx,
  patientIds: readonly string[],
): Promise<string[]> {
  const of = { patientId: { in: [...patientIds] } };
  const numbers = await tx.patientIdentifier.findMany({ where: of });
  const studies = await tx.study.findMany({ where: of });
  return [
    ...new Set([
      ...numbers.map(({ value }) => `number:${value}`),
      ...studies.map(({ studyInstanceUid }) => `study:${studyInstanceUid}`),
    ]),
  ].sort();
}
