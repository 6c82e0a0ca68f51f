import { Prisma } from "@lung-iris/prisma";
import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import type { Viewer } from "../../access/viewer.ts";
import type { SecondReadBar } from "../cases/case.transition.ts";
import { OPEN_SECOND_READS, stageOfSecond } from "./second-read.machine.ts";

/**
 * Rows `c` of "Case" of which a further reading waits or runs, as it stands in
 * the partial index "Case_second_reads".
 */
export const isOpenSecondRead = Prisma.sql`c."secondRead" IN (${Prisma.join(
  OPEN_SECOND_READS.map((state) => Prisma.raw(`'${state}'`)),
)})`;

/** Whether somebody has signed a reading of the case or was shown it. */
export function knowsFirst(readerId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "Reading" k
    WHERE k."caseId" = c."id" AND k."readerId" = ${readerId}::uuid
      AND (k."state" = 'SIGNED' OR k."firstShownAt" IS NOT NULL))`;
}

/**
 * The cases whose signed readings, and all that follows from these, are kept
 * from the viewer, who could read them further: who reads at their sites, and
 * neither signed them nor asked to be shown what was signed. Null for a viewer
 * who reads none.
 */
function keptCases(viewer: Viewer): Prisma.CaseWhereInput | null {
  if (viewer.kind !== "user" || !viewer.permissions.has("case:claim"))
    return null;
  return {
    siteId: { in: [...viewer.siteIds] },
    secondRead: { in: [...OPEN_SECOND_READS] },
    readings: {
      none: {
        readerId: viewer.userId,
        OR: [{ state: "SIGNED" }, { firstShownAt: { not: null } }],
      },
    },
  };
}

/**
 * What a reader may see of what readers said: his own, and others' of cases of
 * which nothing is kept so from him. Null for a viewer from whom nothing is.
 */
export function openToReader(
  viewer: Viewer,
): { readerId: string; unkept: Prisma.CaseWhereInput } | null {
  const kept = keptCases(viewer);
  if (viewer.kind !== "user" || kept === null) return null;
  // Without the first branch a null would make all of it unknown to SQL.
  const unkept = { OR: [{ secondRead: null }, { NOT: kept }] };
  return { readerId: viewer.userId, unkept };
}

/** Which of some cases are kept so from the viewer. */
export async function keptFrom(
  client: DatabaseClient | Tx,
  viewer: Viewer,
  caseIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const kept = keptCases(viewer);
  if (kept === null || caseIds.length === 0) return new Set();
  const rows = await client.case.findMany({
    where: { AND: [{ id: { in: [...caseIds] } }, kept] },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** What keeps somebody from the further reading of a case; null for nothing. */
export async function barOf(
  tx: Tx,
  row: Pick<Case, "id" | "secondRead">,
  readerId: string,
  isBlindToAi: boolean,
): Promise<SecondReadBar | null> {
  const own = await tx.reading.findMany({
    where: { caseId: row.id, readerId },
    select: { state: true, firstShownAt: true, revealedAt: true },
  });
  if (own.some(({ state }) => state === "SIGNED")) return "HAS_READ";
  if (own.some(({ firstShownAt }) => firstShownAt !== null)) return "SAW_FIRST";
  const isSecond = stageOfSecond(row) === "SECOND";
  const sawAi = own.some(({ revealedAt }) => revealedAt !== null);
  return isSecond && isBlindToAi && sawAi ? "SAW_AI" : null;
}
