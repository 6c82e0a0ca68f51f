import type {
  DatabaseClient,
  Patient,
  PatientIdentifier,
  PatientName,
  Study,
} from "@lung-iris/prisma";
import { visiblePatients } from "../../access/scope.ts";
import { BY_ID } from "../../access/scoped-rows.ts";
import type { By, ScopedRows } from "../../access/scoped-rows.ts";
import type { Viewer } from "../../access/viewer.ts";
import { recordsMergedInto } from "./merged-records.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

const NEWEST_STUDY: By<Study> = {
  column: "patientId",
  compare: (a, b) =>
    newestFirst(a.studyDate?.getTime(), b.studyDate?.getTime()) ||
    newestFirst(a.studyTime, b.studyTime) ||
    newestFirst(a.id, b.id),
};

/** The larger first; what is not known comes last. */
function newestFirst<Value extends number | string>(
  a: Value | null | undefined,
  b: Value | null | undefined,
): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return a > b ? -1 : 1;
}

export function patientLoaders(
  client: DatabaseClient,
  viewer: Viewer,
  rows: ScopedRows,
) {
  return {
    patients: rowsById((ids) => rows.read("Patient", BY_ID, ids)),
    namesOfPatient: rowsByKey<PatientName>(
      (patientIds) =>
        client.patientName.findMany({
          where: { patientId: { in: patientIds } },
          orderBy: [{ patientId: "asc" }, { representation: "asc" }],
        }),
      ({ patientId }) => patientId,
    ),
    /** Those of the records that were merged into the patient's too. */
    identifiersOfPatient: rowsByKey<PatientIdentifier>(
      async (patientIds) => {
        const merged = await recordsMergedInto(client, patientIds);
        const own = await client.patientIdentifier.findMany({
          where: {
            patientId: { in: [...patientIds, ...merged.map(({ id }) => id)] },
          },
          orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        });
        const more = merged.flatMap(({ id, survivorId }) =>
          own
            .filter(({ patientId }) => patientId === id)
            .map((row) => ({ ...row, patientId: survivorId })),
        );
        return [...own, ...more];
      },
      ({ patientId }) => patientId,
    ),
    /** Known patients that the viewer may see, by record number. */
    knownOfNumber: rowsByKey<Patient>(
      (numbers) =>
        client.patient.findMany({
          where: {
            AND: [
              visiblePatients(viewer),
              { mrn: { in: numbers }, identityState: "KNOWN" },
            ],
          },
          orderBy: { id: "asc" },
        }),
      ({ mrn }) => mrn ?? "",
    ),
    /** Newest first. */
    studiesOfPatient: rowsByKey(
      (patientIds) => rows.read("Study", NEWEST_STUDY, patientIds),
      ({ patientId }) => patientId,
    ),
  };
}
