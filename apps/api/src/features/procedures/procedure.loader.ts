import type {
  DatabaseClient,
  ProcedureRun,
  ProcedureStep,
  ProcedureVersion,
} from "@lung-iris/prisma";
import { visibleProcedureVersions } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { shownSteps } from "./procedure.scope.ts";

/** Batched reads of procedures that run. */
export function procedureLoaders(
  client: DatabaseClient,
  viewer: Viewer,
  policies: SitePolicies,
) {
  return {
    procedureVersions: rowsById<ProcedureVersion>((ids) =>
      client.procedureVersion.findMany({
        where: { AND: [visibleProcedureVersions(viewer), { id: { in: ids } }] },
      }),
    ),
    /** Runs of a case that the viewer may see, in the order they began. */
    runsOfCase: rowsByKey<ProcedureRun>(
      async (caseIds) => {
        const shown = await shownSteps(viewer, policies);
        return client.procedureRun.findMany({
          where: { caseId: { in: caseIds }, steps: { some: shown } },
          orderBy: { id: "asc" },
        });
      },
      ({ caseId }) => caseId,
    ),
    procedureRuns: rowsById<ProcedureRun>(async (ids) => {
      const shown = await shownSteps(viewer, policies);
      return client.procedureRun.findMany({
        where: { id: { in: ids }, steps: { some: shown } },
      });
    }),
    stepsOfRun: rowsByKey<ProcedureStep>(
      async (runIds) =>
        client.procedureStep.findMany({
          where: {
            AND: [
              await shownSteps(viewer, policies),
              { runId: { in: runIds } },
            ],
          },
          orderBy: { position: "asc" },
        }),
      ({ runId }) => runId,
    ),
  };
}
