import type { DatabaseClient, PreliminaryReport } from "@lung-iris/prisma";
import type { Viewer } from "../../access/viewer.ts";
import { rowsByKey } from "../../platform/loader.ts";
import { shownPreliminaries } from "./preliminary.store.ts";

/** Batched reads of preliminary reports. */
export function preliminaryLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    /** Those of a case, newest first. */
    preliminaryOfCase: rowsByKey<PreliminaryReport>(
      (caseIds) =>
        client.preliminaryReport.findMany({
          where: {
            AND: [shownPreliminaries(viewer), { caseId: { in: caseIds } }],
          },
          orderBy: { number: "desc" },
        }),
      ({ caseId }) => caseId,
    ),
  };
}
