import type { DatabaseClient, Review } from "@lung-iris/prisma";
import { visibleReviews } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

export function reviewLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    reviews: rowsById<Review>((ids) =>
      client.review.findMany({
        where: { AND: [visibleReviews(viewer), { id: { in: ids } }] },
      }),
    ),
    /** All versions, newest first. */
    reviewsOfCase: rowsByKey<Review>(
      (caseIds) =>
        client.review.findMany({
          where: { AND: [visibleReviews(viewer), { caseId: { in: caseIds } }] },
          orderBy: [{ signedAt: "desc" }, { version: "desc" }],
        }),
      ({ caseId }) => caseId,
    ),
  };
}
