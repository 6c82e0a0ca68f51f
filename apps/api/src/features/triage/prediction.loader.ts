import type { DatabaseClient, Prediction } from "@lung-iris/prisma";
import { visiblePredictions } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

export function predictionLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    predictions: rowsById<Prediction>((ids) =>
      client.prediction.findMany({
        where: { AND: [visiblePredictions(viewer), { id: { in: ids } }] },
      }),
    ),
    /** Newest first. */
    predictionsOfImage: rowsByKey<Prediction>(
      (imageIds) =>
        client.prediction.findMany({
          where: {
            AND: [visiblePredictions(viewer), { imageId: { in: imageIds } }],
          },
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        }),
      ({ imageId }) => imageId,
    ),
  };
}
