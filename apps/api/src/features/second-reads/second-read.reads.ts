import { Prisma } from "@lung-iris/prisma";
import type {
  Case,
  DatabaseClient,
  ReadingVersion,
  Tx,
} from "@lung-iris/prisma";
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
 * The cases whose signed readings are kept from the viewer, who could read
 * them further: who reads at their sites, and neither signed them nor asked
 * to be shown what was signed.
 */
export async function keptFrom(
  client: DatabaseClient | Tx,
  viewer: Viewer,
  caseIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (viewer.kind !== "user" || caseIds.length === 0) return new Set();
  if (!viewer.permissions.has("case:claim")) return new Set();
  const rows = await client.$queryRaw<{ id: string }[]>`
    /* kept from a second reader */ SELECT c."id"::text AS "id" FROM "Case" c
    WHERE c."id" = ANY (${[...caseIds]}::uuid[])
      AND c."siteId" = ANY (${[...viewer.siteIds]}::uuid[])
      AND ${isOpenSecondRead} AND NOT ${knowsFirst(viewer.userId)}`;
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

/** The newest version of the newest reading of a case at a stage, or null. */
export function newestAtStage(
  client: DatabaseClient | Tx,
  caseId: string,
  stage: "PRIMARY" | "SECOND",
): Promise<ReadingVersion | null> {
  return client.readingVersion.findFirst({
    where: { caseId, reading: { stage } },
    orderBy: [{ signedAt: "desc" }, { id: "desc" }],
  });
}
