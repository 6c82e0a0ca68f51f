import type { DatabaseClient, ModelVersion } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import type { Viewer } from "../../access/viewer.ts";
import { visiblePredictions } from "../../access/scope.ts";
import { rowsById } from "../../platform/loader.ts";

/** Models belong to the desk, not to a site; their counts are the viewer's. */
export function modelLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    modelVersions: rowsById<ModelVersion>((ids) =>
      client.modelVersion.findMany({ where: { id: { in: ids } } }),
    ),
    predictionCountOfModel: new DataLoader<string, number>(async (ids) => {
      const counts = await client.prediction.groupBy({
        by: ["modelVersionId"],
        where: {
          AND: [
            visiblePredictions(viewer),
            { modelVersionId: { in: [...ids] } },
          ],
        },
        _count: true,
      });
      const byId = new Map(
        counts.map((row) => [row.modelVersionId, row._count]),
      );
      return ids.map((id) => byId.get(id) ?? 0);
    }),
  };
}
