import type {
  DatabaseClient,
  ModelRole,
  ModelVersion,
} from "@lung-iris/prisma";
import DataLoader from "dataloader";
import type { Viewer } from "../../access/viewer.ts";
import { visibleSites } from "../../access/scope.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

/** Models belong to the desk, not to a site; their counts are the viewer's. */
export function modelLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    modelVersions: rowsById<ModelVersion>((ids) =>
      client.modelVersion.findMany({ where: { id: { in: ids } } }),
    ),
    /** Also those that have ended, the oldest first. */
    rolesOfModel: rowsByKey<ModelRole>(
      (ids) =>
        client.modelRole.findMany({
          where: {
            modelVersionId: { in: ids },
            OR: [{ siteId: null }, { site: visibleSites(viewer) }],
          },
          orderBy: [{ since: "asc" }, { id: "asc" }],
        }),
      ({ modelVersionId }) => modelVersionId,
    ),
    predictionCountOfModel: new DataLoader<string, number>(async (ids) => {
      const counts = await client.predictionCount.groupBy({
        by: ["modelVersionId"],
        where: {
          site: visibleSites(viewer),
          modelVersionId: { in: [...ids] },
        },
        _sum: { predictions: true },
      });
      const byId = new Map(
        counts.map((row) => [row.modelVersionId, row._sum.predictions ?? 0]),
      );
      return ids.map((id) => byId.get(id) ?? 0);
    }),
  };
}
