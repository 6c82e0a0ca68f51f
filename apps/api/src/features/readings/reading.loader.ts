import type {
  DatabaseClient,
  Prisma,
  Reading,
  ReadingVersion,
} from "@lung-iris/prisma";
import DataLoader from "dataloader";
import { visibleReadingVersions, visibleReadings } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { openToReader } from "../second-reads/second-read.reads.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

/** Every way to a reading: what a second reader may not know is left out. */
export function readingLoaders(client: DatabaseClient, viewer: Viewer) {
  const open = openToReader(viewer);
  const shownReadings: Prisma.ReadingWhereInput =
    open === null
      ? {}
      : { OR: [{ readerId: open.readerId }, { case: open.unkept }] };
  const shownVersions: Prisma.ReadingVersionWhereInput =
    open === null
      ? {}
      : {
          OR: [{ readerId: open.readerId }, { reading: { case: open.unkept } }],
        };
  const loaders = {
    readings: rowsById<Reading>((ids) =>
      client.reading.findMany({
        where: {
          AND: [visibleReadings(viewer), shownReadings, { id: { in: ids } }],
        },
      }),
    ),
    /** Newest first. */
    readingsOfCase: rowsByKey<Reading>(
      (caseIds) =>
        client.reading.findMany({
          where: {
            AND: [
              visibleReadings(viewer),
              shownReadings,
              { caseId: { in: caseIds } },
            ],
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
            AND: [
              visibleReadingVersions(viewer),
              shownVersions,
              { caseId: { in: caseIds } },
            ],
          },
          orderBy: [{ signedAt: "desc" }, { id: "desc" }],
        }),
      ({ caseId }) => caseId,
    ),
  };
  return {
    ...loaders,
    /** The newest version of the newest first reading: what counts of a case. */
    firstVersionOfCase: new DataLoader<string, ReadingVersion | null>(
      (caseIds) =>
        Promise.all(
          caseIds.map(async (caseId) => {
            const [readings, versions] = await Promise.all([
              loaders.readingsOfCase.load(caseId),
              loaders.versionsOfCase.load(caseId),
            ]);
            const first = new Set(
              readings.flatMap(({ id, stage }) =>
                stage === "PRIMARY" ? [id] : [],
              ),
            );
            return (
              versions.find(({ readingId }) => first.has(readingId)) ?? null
            );
          }),
        ),
    ),
  };
}
