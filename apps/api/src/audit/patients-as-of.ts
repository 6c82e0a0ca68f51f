import { Prisma, type DatabaseClient } from "@lung-iris/prisma";

/** An event that is of a patient, or of none. */
export interface EventOfPatient {
  seq: bigint;
  patientId: string | null;
}

/** What a patient was called when an event was written. */
export interface PatientAsOf {
  name: string;
  /** Null where none was known. */
  mrn: string | null;
}

/** A correction of a patient; null what it left as it was. */
interface Correction {
  patientId: string;
  seq: bigint;
  name: string | null;
  mrn: string | null;
}

/**
 * The patients of events by the events' number, under the names and numbers
 * that they had then: what was corrected since stands in the trail as it was.
 * Patients out of `visible` are left out.
 */
export async function patientsAsOf(
  client: DatabaseClient,
  visible: Prisma.PatientWhereInput,
  events: readonly EventOfPatient[],
): Promise<Map<bigint, PatientAsOf>> {
  const ids = [...new Set(events.flatMap(({ patientId }) => patientId ?? []))];
  if (ids.length === 0) return new Map();
  const [patients, corrections] = await Promise.all([
    client.patient.findMany({
      where: { AND: [visible, { id: { in: ids } }] },
      select: { id: true, name: true, mrn: true },
    }),
    correctionsOf(client, ids),
  ]);
  const byId = new Map(patients.map((patient) => [patient.id, patient]));
  return new Map(
    events.flatMap(({ seq, patientId }) => {
      const now = byId.get(patientId ?? "");
      if (now === undefined) return [];
      const since = corrections.filter(
        (one) => one.patientId === patientId && one.seq > seq,
      );
      const name = since.find((one) => one.name !== null)?.name ?? now.name;
      const number = since.find((one) => one.mrn !== null)?.mrn ?? now.mrn;
      return [[seq, { name, mrn: number === "" ? null : number }]];
    }),
  );
}

/** Every correction of these patients' names and numbers, the earliest first. */
function correctionsOf(
  client: DatabaseClient,
  ids: readonly string[],
): Promise<Correction[]> {
  return client.$queryRaw<Correction[]>`
    SELECT "patientId"::text AS "patientId", "seq",
      coalesce(before->>'name', before->>'patientName') AS "name",
      before->>'mrn' AS "mrn"
    FROM "AuditEvent", LATERAL (SELECT "content"::jsonb->'before' AS before) b
    WHERE "patientId" = ANY (${[...ids]}::uuid[])
      AND "type" IN ('patient.updated', 'case.renamed')
    ORDER BY "seq"`;
}
