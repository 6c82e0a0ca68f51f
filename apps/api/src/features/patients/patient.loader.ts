import type { DatabaseClient, Patient, Study } from "@lung-iris/prisma";
import { visiblePatients, visibleStudies } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

export function patientLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    patients: rowsById<Patient>((ids) =>
      client.patient.findMany({
        where: { AND: [visiblePatients(viewer), { id: { in: ids } }] },
      }),
    ),
    /** Newest first. */
    studiesOfPatient: rowsByKey<Study>(
      (patientIds) =>
        client.study.findMany({
          where: {
            AND: [visibleStudies(viewer), { patientId: { in: patientIds } }],
          },
          orderBy: [{ studiedAt: "desc" }, { id: "desc" }],
        }),
      ({ patientId }) => patientId,
    ),
  };
}
