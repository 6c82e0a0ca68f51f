import { Prisma, columnsOf, readRows } from "@lung-iris/prisma";
import type {
  DatabaseClient,
  Reading,
  ReadingVersion,
} from "@lung-iris/prisma";
import DataLoader from "dataloader";
import {
  visibleReadingVersions,
  visibleReadings,
  visibleSiteIds,
} from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { isReadingOpen, openToReader } from "../blindness/second-read.reads.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

const COLUMNS = Prisma.raw(columnsOf(Prisma.ReadingScalarFieldEnum, "r"));

/** What the viewer may see of the readings of some cases, newest first. */
export function readReadings(
  client: DatabaseClient,
  viewer: Viewer,
  caseIds: readonly string[],
): Promise<Reading[]> {
  const siteIds = visibleSiteIds(viewer);
  const sites = siteIds === null ? null : [...siteIds];
  return readRows<Reading>(
    client,
    Prisma.sql`
    /* readings */ SELECT ${COLUMNS} FROM "Reading" r
    WHERE r."caseId" = ANY (${[...caseIds]}::uuid[])
      AND (${sites}::uuid[] IS NULL OR r."siteId" = ANY (${sites}::uuid[]))
      AND ${isReadingOpen(viewer)}
    ORDER BY r."startedAt" DESC, r."id" DESC`,
  );
}

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
      (caseIds) => readReadings(client, viewer, caseIds),
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
