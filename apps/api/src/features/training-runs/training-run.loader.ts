import type { DatabaseClient } from "@lung-iris/prisma";
import { visibleTrainingRuns } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsByKey } from "../../platform/loader.ts";
import { runsOfCandidates, type TrainingRunRow } from "./training-run.store.ts";

/** Runs of the viewer's sites by the candidate that came of them. */
export function trainingRunLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    runsOfCandidate: rowsByKey<TrainingRunRow>(
      (ids) => runsOfCandidates(client, visibleTrainingRuns(viewer), ids),
      ({ candidateId }) => candidateId ?? "",
    ),
  };
}
