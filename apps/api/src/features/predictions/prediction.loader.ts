import type {
  DatabaseClient,
  Prediction,
  PredictionFinding,
  PredictionMap,
} from "@lung-iris/prisma";
import DataLoader from "dataloader";
import { visiblePredictions } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

/**
 * Findings and maps are reached through a prediction that the viewer sees,
 * so they start from no scope of their own.
 */
export function predictionLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    predictions: rowsById<Prediction>((ids) =>
      client.prediction.findMany({
        where: { AND: [visiblePredictions(viewer), { id: { in: ids } }] },
      }),
    ),
    /** See `filmPredictions`. */
    predictionOfImage: new DataLoader<string, Prediction | null>(
      async (imageIds) => {
        const rows = await filmPredictions(client, viewer, [...imageIds]);
        const byImage = new Map(rows.map((row) => [row.imageId, row]));
        return imageIds.map((id) => byImage.get(id) ?? null);
      },
    ),
    findingsOfPrediction: rowsByKey<PredictionFinding>(
      (predictionIds) =>
        client.predictionFinding.findMany({
          where: { predictionId: { in: predictionIds } },
        }),
      ({ predictionId }) => predictionId,
    ),
    mapsOfPrediction: rowsByKey<PredictionMap>(
      (predictionIds) =>
        client.predictionMap.findMany({
          where: { predictionId: { in: predictionIds } },
        }),
      ({ predictionId }) => predictionId,
    ),
  };
}

/**
 * What stands of each film beside the prediction that its case shows: the
 * newest that the same model said as the live one, up to the signature where
 * there is one; before a case shows anything, what the live model said last.
 */
async function filmPredictions(
  client: DatabaseClient,
  viewer: Viewer,
  imageIds: string[],
): Promise<Prediction[]> {
  const found = await client.$queryRaw<{ id: string }[]>`
    /* film predictions */ SELECT newest."id"::text AS "id"
    FROM "Image" i
    JOIN "Case" c ON c."studyId" = i."studyId"
    LEFT JOIN "Prediction" shown ON shown."id" = c."shownPredictionId"
    CROSS JOIN LATERAL (
      SELECT p."id" FROM "Prediction" p
      WHERE p."imageId" = i."id" AND p."role" = 'LIVE'
        AND p."modelVersionId" = coalesce(shown."modelVersionId", (
          SELECT r."modelVersionId" FROM "ModelRole" r
          WHERE r."role" = 'LIVE' AND r."until" IS NULL
            AND (r."siteId" = i."siteId" OR r."siteId" IS NULL)
          ORDER BY r."siteId" NULLS LAST LIMIT 1))
        AND (c."signedAt" IS NULL OR p."createdAt" <= c."signedAt"
          OR p."id" = c."shownPredictionId")
      ORDER BY p."revision" DESC LIMIT 1) newest
    WHERE i."id" = ANY (${imageIds}::uuid[])`;
  const ids = found.map(({ id }) => id);
  return client.prediction.findMany({
    where: { AND: [visiblePredictions(viewer), { id: { in: ids } }] },
  });
}
