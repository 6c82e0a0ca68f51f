import type { CriticalResult, DatabaseClient } from "@lung-iris/prisma";
import type { Viewer } from "../../access/viewer.ts";
import { rowsByKey } from "../../platform/loader.ts";
import { shownResults } from "./critical-result.store.ts";

/** Batched reads of critical results. */
export function criticalLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    /** Those of a case, newest first. */
    criticalOfCase: rowsByKey<CriticalResult>(
      (caseIds) =>
        client.criticalResult.findMany({
          where: {
            AND: [shownResults(viewer), { caseId: { in: caseIds } }],
          },
          orderBy: { id: "desc" },
        }),
      ({ caseId }) => caseId,
    ),
  };
}
