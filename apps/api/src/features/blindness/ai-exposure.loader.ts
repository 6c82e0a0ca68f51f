import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import type { Viewer } from "../../access/viewer.ts";
import {
  isSecondOpen,
  stageOfSecond,
} from "../case-machine/second-read.machine.ts";
import { keptFrom } from "./second-read.reads.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { maySeeAi } from "./blindness.ts";

type Exposed = Pick<
  Case,
  "id" | "siteId" | "state" | "isControl" | "secondRead"
>;

/** What of a case is kept from the viewer, asked for many cases at once. */
export function exposureLoaders(
  client: DatabaseClient,
  viewer: Viewer,
  policies: SitePolicies,
) {
  return {
    /** Whether what others signed of the case is kept from the viewer. */
    isFirstKept: new DataLoader<
      Pick<Case, "id" | "secondRead">,
      boolean,
      string
    >(
      async (rows) => {
        // Of any other case nothing is kept, and it need not be asked.
        const open = rows.filter(isSecondOpen).map(({ id }) => id);
        const kept = await keptFrom(client, viewer, open);
        return rows.map(({ id }) => kept.has(id));
      },
      { cacheKeyFn: ({ id }) => id },
    ),
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
