import type { DatabaseClient, PreliminaryReport } from "@lung-iris/prisma";
import { visiblePreliminaryReports } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsByKey } from "../../platform/loader.ts";

/** Batched reads of preliminary reports. */
export function preliminaryLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    /** Those of a case, newest first. */
    preliminaryOfCase: rowsByKey<PreliminaryReport>(
      (caseIds) =>
        client.preliminaryReport.findMany({
          where: {
            AND: [
              visiblePreliminaryReports(viewer),
              { caseId: { in: caseIds } },
            ],
          },
          orderBy: { number: "desc" },
        }),
      ({ caseId }) => caseId,
    ),
  };
}
