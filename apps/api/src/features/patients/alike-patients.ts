import type { Patient, Tx } from "@lung-iris/prisma";
import { newId } from "../../platform/ids.ts";
import { lockIdentity } from "./identity-lock.ts";

/** Issuer of the stand-ins that former releases made up for a number. */
export const OWN_ISSUER = "lung-iris";

/** A record like hundreds of others is nobody's duplicate. */
const MOST_ALIKE = 50;

interface Alike {
  otherId: string;
  reasons: string[];
}

/**
 * Brings the suggestions about a record up to date, in the transaction that
 * wrote it: new ones are added, those that no longer hold go. What somebody
 * said of two records stays.
 */
export async function renewSuggestions(
  tx: Tx,
  patient: Patient,
  { isNew = false }: { isNew?: boolean } = {},
): Promise<void> {
  const { id, siteId, birthDate } = patient;
  // Of two that come in at once the second sees the first.
  if (birthDate !== null)
    await lockIdentity(tx, siteId, `born:${birthDate.toISOString()}`);
  const alike = patient.mergedIntoId === null ? await findAlike(tx, id) : [];
  const others = alike.map(({ otherId }) => otherId);
  // Nothing was said yet of one that has just been made.
  if (!isNew) await dropSuggestions(tx, id, others);
  for (const { otherId, reasons } of alike) {
    const [firstId = id, secondId = otherId] = [id, otherId].sort();
    await tx.patientPair.upsert({
      where: { firstId_secondId: { firstId, secondId } },
      create: {
        id: newId(patient.updatedAt),
        siteId,
        firstId,
        secondId,
        reasons,
        foundAt: patient.updatedAt,
      },
      update: { reasons },
    });
  }
}

/** Takes back the suggestions about a record, but for those with some others. */
async function dropSuggestions(
  tx: Tx,
  id: string,
  keptIds: readonly string[],
): Promise<void> {
  const isKept = { in: [...keptIds] };
  await tx.patientPair.deleteMany({
    where: {
      notSameAt: null,
      OR: [
        { firstId: id, NOT: { secondId: isKept } },
        { secondId: id, NOT: { firstId: isKept } },
      ],
    },
  });
}

/** Records that count and have the name and birth date, or a number, of one. */
function findAlike(tx: Tx, id: string): Promise<Alike[]> {
  return tx.$queryRaw<Alike[]>`
    /* records like one */
    SELECT "otherId"::text, array_agg(DISTINCT "reason" ORDER BY "reason") AS "reasons"
    FROM (
      SELECT o."id" AS "otherId", 'same-name-and-birth-date' AS "reason"
      FROM "Patient" p JOIN "Patient" o ON o."siteId" = p."siteId"
        AND o."birthDate" = p."birthDate"
        AND person_name_key(o."name") = person_name_key(p."name")
      WHERE p."id" = ${id}::uuid AND p."birthDate" IS NOT NULL
        AND person_name_key(p."name") NOT IN ('', 'patient unknown')
        AND o."id" <> p."id" AND o."mergedIntoId" IS NULL
      UNION ALL
      SELECT o."id", 'same-number'
      FROM "PatientIdentifier" n JOIN "PatientIdentifier" m
        ON m."siteId" = n."siteId" AND m."value" = n."value"
      JOIN "Patient" o ON o."id" = m."patientId"
      WHERE n."patientId" = ${id}::uuid AND o."id" <> n."patientId"
        AND n."issuer" <> ${OWN_ISSUER} AND m."issuer" <> ${OWN_ISSUER}
        AND o."mergedIntoId" IS NULL) found
    GROUP BY "otherId" ORDER BY "otherId" LIMIT ${MOST_ALIKE}`;
}
