import type {
  DatabaseClient,
  Reading,
  ReadingVersion,
} from "@lung-iris/prisma";
import { visibleReadingVersions, visibleReadings } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

export function readingLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    readings: rowsById<Reading>((ids) =>
      client.reading.findMany({
        where: { AND: [visibleReadings(viewer), { id: { in: ids } }] },
      }),
    ),
    /** Newest first. */
    readingsOfCase: rowsByKey<Reading>(
      (caseIds) =>
        client.reading.findMany({
          where: {
            AND: [visibleReadings(viewer), { caseId: { in: caseIds } }],
          },
          orderBy: [{ startedAt: "desc" }, { id: "desc" }],
        }),
      ({ caseId }) => caseId,
    ),
    /** What was signed of a case, in all versions, newest first. */
    versionsOfCase: rowsByKey<ReadingVersion>(
      (caseIds) =>
        client.readingVersion.findMany({
          where: {
            AND: [visibleReadingVersions(viewer), { caseId: { in: caseIds } }],
          },
          orderBy: [{ signedAt: "desc" }, { id: "desc" }],
        }),
      ({ caseId }) => caseId,
    ),
  };
}
