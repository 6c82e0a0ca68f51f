import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { BEHIND_PRIORITY } from "../../platform/job-queue.ts";

/** The only writer of `ShadowPassedOver`. */

/**
 * As many films wait for a live model at most while a shadow is asked: half a
 * minute of them at a film a second. A thread that is at a shadow's film
 * cannot take a live one, whatever their order in the queue.
 */
export const SHADOW_WAITING_BOUND = 30;

/** How many more films may come to wait before shadows are left out. */
export async function roomForShadows(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS "waiting" FROM (
      SELECT 1 FROM graphile_worker._private_jobs j
      JOIN graphile_worker._private_tasks t ON t."id" = j."task_id"
      WHERE j."is_available" AND j."priority" < ${BEHIND_PRIORITY}::int
        AND t."identifier" LIKE 'assess-image:%'
      LIMIT ${SHADOW_WAITING_BOUND}) AS jobs`;
  return SHADOW_WAITING_BOUND - (row?.waiting ?? 0);
}

/** Notes that shadows are not asked about films. */
export async function notePassedOver(
  tx: Tx,
  shadows: readonly string[],
  imageIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ShadowPassedOver" ("modelVersionId", "imageId")
    SELECT m, i FROM unnest(${[...shadows]}::uuid[]) AS m,
      unnest(${[...imageIds]}::uuid[]) AS i
    ON CONFLICT ("modelVersionId", "imageId")
    DO UPDATE SET "at" = CURRENT_TIMESTAMP`;
}

/** Films of a site that a shadow was passed over for in a time, and never answered. */
export async function countPassedOver(
  client: DatabaseClient,
  of: {
    siteId: string;
    modelVersionId: string;
    since: Date;
    until: Date | null;
  },
): Promise<number> {
  const [row] = await client.$queryRaw<{ films: number }[]>`
    SELECT count(*)::int AS "films" FROM "ShadowPassedOver" s
    JOIN "Image" i ON i."id" = s."imageId" AND i."siteId" = ${of.siteId}::uuid
      AND i."removedAt" IS NULL
    WHERE s."modelVersionId" = ${of.modelVersionId}::uuid
      AND s."at" >= ${of.since}
      AND (${of.until}::timestamptz IS NULL OR s."at" < ${of.until}::timestamptz)
      AND NOT EXISTS (SELECT 1 FROM "Prediction" p
        WHERE p."imageId" = s."imageId" AND p."role" = 'SHADOW'
          AND p."modelVersionId" = s."modelVersionId")`;
  return row?.films ?? 0;
}
