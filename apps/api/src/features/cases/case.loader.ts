import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import { visibleCases } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { rowsById } from "../../platform/loader.ts";
import { maySeeAi } from "./blindness.ts";
import { stageOfSecond } from "../second-reads/second-read.machine.ts";
import { keptFrom } from "../second-reads/second-read.reads.ts";
import type { SitePolicies } from "../policies/site-policies.ts";

type Exposed = Pick<
  Case,
  "id" | "siteId" | "state" | "isControl" | "secondRead"
>;

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
    /** Whether what others signed of the case is kept from the viewer. */
    isFirstKept: new DataLoader<string, boolean>(async (ids) => {
      const kept = await keptFrom(client, viewer, ids);
      return ids.map((id) => kept.has(id));
    }),
    /** Whether the viewer saw the AI, where a second reader may not have. */
    sawWhatSecondMayNot: new DataLoader<Exposed, boolean, string>(
      async (rows) => {
        const seen = await revealedTo(client, viewer, rows);
        return Promise.all(
          rows.map(async (row) => {
            if (!seen.has(row.id) || stageOfSecond(row) !== "SECOND")
              return false;
            const { document } = await policies.current(row.siteId);
            return document.secondReads.blindToAi;
          }),
        );
      },
      { cacheKeyFn: ({ id }) => id },
    ),
    /** Whether the AI's answer of the case may reach the viewer. */
    seesAi: new DataLoader<Exposed, boolean, string>(
      (rows) => exposures(client, viewer, policies, rows),
      { cacheKeyFn: ({ id }) => id },
    ),
  };
}

/** Whether the AI's answers of some cases may reach the viewer, in order. */
export async function exposures(
  client: DatabaseClient | Tx,
  viewer: Viewer,
  policies: SitePolicies,
  rows: readonly Exposed[],
): Promise<boolean[]> {
  const siteIds = [...new Set(rows.map(({ siteId }) => siteId))];
  const documents = new Map(
    await Promise.all(
      siteIds.map(async (id) => {
        const { document } = await policies.current(id);
        return [id, document] as const;
      }),
    ),
  );
  const seen = (row: Exposed, isRevealed: boolean): boolean =>
    maySeeAi(viewer, {
      ...row,
      mode: documents.get(row.siteId)?.reading.mode ?? "blind",
      isRevealed,
      isSecondWithoutAi:
        stageOfSecond(row) === "SECOND" &&
        documents.get(row.siteId)?.secondReads.blindToAi !== false,
    });
  const hidden = rows.filter((row) => !seen(row, false));
  const revealed = await revealedTo(client, viewer, hidden);
  return rows.map((row) => seen(row, revealed.has(row.id)));
}

/** Which of the cases the viewer was shown the AI's answer of. */
async function revealedTo(
  client: DatabaseClient | Tx,
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
