import { Prisma, readRows } from "@lung-iris/prisma";
import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { SecondReadBar } from "../case-machine/case.transition.ts";
import { gradeOf } from "../users/grade.reads.ts";
import {
  OPEN_SECOND_READS,
  stageOfSecond,
} from "../case-machine/second-read.machine.ts";
import { BY_JUNIOR, needsSenior } from "./needs-senior.ts";

/**
 * Rows `c` of "Case" of which a further reading waits or runs, as it stands in
 * the partial index "Case_second_reads".
 */
export const isOpenSecondRead = Prisma.sql`c."secondRead" IN (${Prisma.join(
  OPEN_SECOND_READS.map((state) => Prisma.raw(`'${state}'`)),
)})`;

/**
 * Whether somebody cannot read the case further: he has signed a reading of it
 * or was shown one, was told what is critical of it, or is a junior where a
 * senior has to.
 */
export function cannotReadFurther(readerId: string): Prisma.Sql {
  return Prisma.sql`(EXISTS (
    SELECT 1 FROM "Reading" k
    WHERE k."caseId" = c."id" AND k."readerId" = ${readerId}::uuid
      AND (k."state" = 'SIGNED' OR k."firstShownAt" IS NOT NULL))
    OR EXISTS (
    SELECT 1 FROM "CriticalResult" t
    WHERE t."caseId" = c."id" AND t."toldUserId" = ${readerId}::uuid)
    OR (${BY_JUNIOR} = ANY (coalesce(c."secondReadReasons", '{}')) AND EXISTS (
    SELECT 1 FROM "User" g
    WHERE g."id" = ${readerId}::uuid AND g."grade" = 'JUNIOR')))`;
}

/** Only who reads can be asked for a further reading. */
function mayReadFurther(viewer: Viewer): viewer is UserViewer {
  return viewer.kind === "user" && viewer.permissions.has("case:claim");
}

/**
 * The cases whose signed readings, and all that follows from these, are kept
 * from the viewer, who could read them further: who reads at their sites,
 * neither signed them nor asked to be shown what was signed, and was not told
 * what is critical of them; a junior not those that wait for a senior. Null
 * for a viewer who reads none.
 */
function keptCases(viewer: Viewer): Prisma.CaseWhereInput | null {
  if (!mayReadFurther(viewer)) return null;
  return {
    siteId: { in: [...viewer.siteIds] },
    secondRead: { in: [...OPEN_SECOND_READS] },
    readings: {
      none: {
        readerId: viewer.userId,
        OR: [{ state: "SIGNED" }, { firstShownAt: { not: null } }],
      },
    },
    criticalResults: { none: { toldUserId: viewer.userId } },
    ...(viewer.grade === "JUNIOR"
      ? { NOT: { secondReadReasons: { has: BY_JUNIOR } } }
      : {}),
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

/** The same for a row `c` of "Case", where there is something to keep. */
function isKept(readerId: string, siteIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`c."siteId" = ANY (${[...siteIds]}::uuid[])
    AND ${isOpenSecondRead} AND NOT ${cannotReadFurther(readerId)}`;
}

/** Which of some cases are kept so from the viewer. */
export async function keptFrom(
  client: DatabaseClient,
  viewer: Viewer,
  caseIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!mayReadFurther(viewer) || caseIds.length === 0) return new Set();
  const rows = await readRows<{ id: string }>(
    client,
    Prisma.sql`
    /* kept from */ SELECT c."id"::text AS "id" FROM "Case" c
    WHERE c."id" = ANY (${[...caseIds]}::uuid[])
      AND ${isKept(viewer.userId, viewer.siteIds)}`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Rows `r` of "Reading" that may be shown to the viewer: see `openToReader`. */
export function isReadingOpen(viewer: Viewer): Prisma.Sql {
  if (!mayReadFurther(viewer)) return Prisma.sql`TRUE`;
  return Prisma.sql`(r."readerId" = ${viewer.userId}::uuid OR NOT EXISTS (
    SELECT 1 FROM "Case" c WHERE c."id" = r."caseId"
      AND ${isKept(viewer.userId, viewer.siteIds)}))`;
}

/** What keeps somebody from the further reading of a case; null for nothing. */
export async function barOf(
  tx: Tx,
  row: Pick<Case, "id" | "secondRead" | "secondReadReasons">,
  readerId: string,
  isBlindToAi: boolean,
): Promise<SecondReadBar | null> {
  const own = await tx.reading.findMany({
    where: { caseId: row.id, readerId },
    select: { state: true, firstShownAt: true, revealedAt: true },
  });
  if (own.some(({ state }) => state === "SIGNED")) return "HAS_READ";
  const bar = await gradeBar(tx, row, readerId);
  if (bar !== null) return bar;
  if (own.some(({ firstShownAt }) => firstShownAt !== null)) return "SAW_FIRST";
  const told = { caseId: row.id, toldUserId: readerId };
  if ((await tx.criticalResult.count({ where: told })) > 0) return "WAS_TOLD";
  const isSecond = stageOfSecond(row) === "SECOND";
  const sawAi = own.some(({ revealedAt }) => revealedAt !== null);
  return isSecond && isBlindToAi && sawAi ? "SAW_AI" : null;
}

/** Of a case that waits for a senior: what keeps a junior from it. */
export async function gradeBar(
  tx: Tx,
  row: Pick<Case, "secondReadReasons">,
  readerId: string,
): Promise<SecondReadBar | null> {
  if (!needsSenior(row)) return null;
  return (await gradeOf(tx, readerId)) === "JUNIOR" ? "NOT_SENIOR" : null;
}
