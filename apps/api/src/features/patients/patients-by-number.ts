import type { DatabaseClient, Patient } from "@lung-iris/prisma";
import { recordThatCounts } from "./merged-records.ts";

/** More have one number only where it is a stand-in for none. */
const MOST = 200;

/**
 * The records that count of whoever has a number at some sites: his own, that
 * of a record that was merged into his, or of an examination. By id.
 */
export async function patientsByNumber(
  client: DatabaseClient,
  siteIds: readonly string[],
  number: string,
): Promise<Patient[]> {
  const sites = [...siteIds];
  const ids = await client.$queryRaw<{ id: string }[]>`
    SELECT found."id"::text AS "id" FROM (
      SELECT "patientId" AS "id" FROM "PatientIdentifier"
      WHERE "siteId" = ANY (${sites}::uuid[]) AND "value" = ${number}
      UNION SELECT "id" FROM "Patient"
      WHERE "siteId" = ANY (${sites}::uuid[]) AND "mrn" = ${number}
      UNION SELECT "patientId" FROM "Study"
      WHERE "siteId" = ANY (${sites}::uuid[])
        AND "accessionNumber" = ${number}) found
    LIMIT ${MOST}`;
  const met = await client.patient.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
  });
  const counting = new Map<string, Patient>();
  for (const patient of met) {
    const record = await recordThatCounts(client, patient);
    counting.set(record.id, record);
  }
  return [...counting.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
