import type { Case, DatabaseClient } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import { visibleCases } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById } from "../../platform/loader.ts";

export function caseLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    cases: rowsById<Case>((ids) =>
      client.case.findMany({
        where: { AND: [visibleCases(viewer), { id: { in: ids } }] },
      }),
    ),
    /** The case of a study; there is at most one. */
    caseOfStudy: new DataLoader<string, Case | null>(async (studyIds) => {
      const rows = await client.case.findMany({
        where: {
          AND: [visibleCases(viewer), { studyId: { in: [...studyIds] } }],
        },
      });
      const byStudy = new Map(rows.map((row) => [row.studyId, row]));
      return studyIds.map((id) => byStudy.get(id) ?? null);
    }),
  };
}
