import type {
  DatabaseClient,
  Reading,
  ReadingVersion,
} from "@lung-iris/prisma";
import DataLoader from "dataloader";
import { visibleReadingVersions, visibleReadings } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { keptFrom } from "../second-reads/second-read.reads.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

/** Every way to a reading: what a second reader may not know is left out. */
export function readingLoaders(client: DatabaseClient, viewer: Viewer) {
  const loaders = {
    readings: rowsById<Reading>(async (ids) =>
      withoutKept(
        client,
        viewer,
        await client.reading.findMany({
          where: { AND: [visibleReadings(viewer), { id: { in: ids } }] },
        }),
      ),
    ),
    /** Newest first. */
    readingsOfCase: rowsByKey<Reading>(
      async (caseIds) =>
        withoutKept(
          client,
          viewer,
          await client.reading.findMany({
            where: {
              AND: [visibleReadings(viewer), { caseId: { in: caseIds } }],
            },
            orderBy: [{ startedAt: "desc" }, { id: "desc" }],
          }),
        ),
      ({ caseId }) => caseId,
    ),
    /** What was signed of a case, in all versions, newest first. */
    versionsOfCase: rowsByKey<ReadingVersion>(
      async (caseIds) =>
        withoutKept(
          client,
          viewer,
          await client.readingVersion.findMany({
            where: {
              AND: [
                visibleReadingVersions(viewer),
                { caseId: { in: caseIds } },
              ],
            },
            orderBy: [{ signedAt: "desc" }, { id: "desc" }],
          }),
        ),
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

/**
 * Without others' readings of cases that the viewer could read further.
 * Whoever signed one of them reads them all.
 */
async function withoutKept<Row extends { caseId: string; readerId: string }>(
  client: DatabaseClient,
  viewer: Viewer,
  rows: readonly Row[],
): Promise<Row[]> {
  const others = rows.filter(
    ({ readerId }) => viewer.kind !== "user" || readerId !== viewer.userId,
  );
  const caseIds = [...new Set(others.map(({ caseId }) => caseId))];
  const kept = await keptFrom(client, viewer, caseIds);
  return rows.filter((row) => !(kept.has(row.caseId) && others.includes(row)));
}
