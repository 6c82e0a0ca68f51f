import type {
  DatabaseClient,
  Patient,
  PatientIdentifier,
  PatientName,
  Study,
} from "@lung-iris/prisma";
import { visiblePatients, visibleStudies } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { recordsMergedInto } from "./merged-records.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

export function patientLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    patients: rowsById<Patient>((ids) =>
      client.patient.findMany({
        where: { AND: [visiblePatients(viewer), { id: { in: ids } }] },
      }),
    ),
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
    studiesOfPatient: rowsByKey<Study>(
      (patientIds) =>
        client.study.findMany({
          where: {
            AND: [visibleStudies(viewer), { patientId: { in: patientIds } }],
          },
          orderBy: [
            { studyDate: { sort: "desc", nulls: "last" } },
            { studyTime: { sort: "desc", nulls: "last" } },
            { id: "desc" },
          ],
        }),
      ({ patientId }) => patientId,
    ),
  };
}
