import type { Case, DatabaseClient } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import { visibleCases } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById } from "../../platform/loader.ts";
import { maySeeAi } from "./blindness.ts";
import type { SitePolicies } from "../policies/site-policies.ts";

type Exposed = Pick<Case, "id" | "siteId" | "state" | "isControl">;

export function caseLoaders(
  client: DatabaseClient,
  viewer: Viewer,
  policies: SitePolicies,
) {
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
    /** Whether the AI's answer of the case may reach the viewer. */
    seesAi: new DataLoader<Exposed, boolean, string>(
      (rows) => exposures(client, viewer, policies, rows),
      { cacheKeyFn: ({ id }) => id },
    ),
  };
}

async function exposures(
  client: DatabaseClient,
  viewer: Viewer,
  policies: SitePolicies,
  rows: readonly Exposed[],
): Promise<boolean[]> {
  const siteIds = [...new Set(rows.map(({ siteId }) => siteId))];
  const modes = new Map(
    await Promise.all(
      siteIds.map(async (id) => {
        const { document } = await policies.current(id);
        return [id, document.reading.mode] as const;
      }),
    ),
  );
  const seen = (row: Exposed, isRevealed: boolean): boolean =>
    maySeeAi(viewer, {
      ...row,
      mode: modes.get(row.siteId) ?? "blind",
      isRevealed,
    });
  const hidden = rows.filter((row) => !seen(row, false));
  const revealed = await revealedTo(client, viewer, hidden);
  return rows.map((row) => seen(row, revealed.has(row.id)));
}

/** Which of the cases the viewer was shown the AI's answer of. */
async function revealedTo(
  client: DatabaseClient,
  viewer: Viewer,
  rows: readonly Exposed[],
): Promise<ReadonlySet<string>> {
  if (viewer.kind !== "user" || rows.length === 0) return new Set();
  const readings = await client.reading.findMany({
    where: {
      readerId: viewer.userId,
      caseId: { in: rows.map(({ id }) => id) },
      revealedAt: { not: null },
    },
    select: { caseId: true },
  });
  return new Set(readings.map(({ caseId }) => caseId));
}
