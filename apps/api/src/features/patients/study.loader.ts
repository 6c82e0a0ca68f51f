import type { DatabaseClient, Image, Study } from "@lung-iris/prisma";
import { visibleImages, visibleStudies } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

export function studyLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    studies: rowsById<Study>((ids) =>
      client.study.findMany({
        where: { AND: [visibleStudies(viewer), { id: { in: ids } }] },
      }),
    ),
    /** In the order in which the films came in. */
    imagesOfStudy: rowsByKey<Image>(
      (studyIds) =>
        client.image.findMany({
          where: {
            AND: [visibleImages(viewer), { studyId: { in: studyIds } }],
          },
          orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        }),
      ({ studyId }) => studyId,
    ),
  };
}
