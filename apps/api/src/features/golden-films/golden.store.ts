import type { DatabaseClient, GoldenRun, Tx } from "@lung-iris/prisma";

/** The only writer of `GoldenRun`. */

/** The first answer of a model on a film, by whichever worker. */
export async function firstRun(
  client: DatabaseClient | Tx,
  modelVersionId: string,
  film: string,
): Promise<Pick<GoldenRun, "probability"> | null> {
  return client.goldenRun.findFirst({
    where: { modelVersionId, film },
    orderBy: { id: "asc" },
    select: { probability: true },
  });
}

/**
 * One answer at a time of a model on a film, so that of two workers that are
 * first the second is held against the other.
 */
export async function lockFilm(
  tx: Tx,
  modelVersionId: string,
  film: string,
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(
      'golden ' || ${modelVersionId}::text || ' ' || ${film}::text, 0))) w`;
}

export async function insertRun(tx: Tx, data: GoldenRun): Promise<void> {
  await tx.goldenRun.create({ data });
}

/** The newest answer of each worker on each film for some models. */
export function newestRuns(
  client: DatabaseClient,
  modelVersionIds: readonly string[],
  since: Date,
): Promise<GoldenRun[]> {
  return client.$queryRaw<GoldenRun[]>`
    /* golden runs */ SELECT DISTINCT ON ("modelVersionId", "host", "engine",
      "film") "id"::text, "modelVersionId"::text AS "modelVersionId", "film",
      "host", "engine", "ranAt", "probability", "reference", "isSame"
    FROM "GoldenRun"
    WHERE "modelVersionId" = ANY (${[...modelVersionIds]}::uuid[])
      AND "ranAt" >= ${since}
    ORDER BY "modelVersionId", "host", "engine", "film", "id" DESC`;
}

/** How many of the newest answers of two days are as before. */
export async function newestGoldenState(
  client: DatabaseClient,
): Promise<{ same: number; different: number }> {
  const [row] = await client.$queryRaw<{ same: number; different: number }[]>`
    SELECT count(*) FILTER (WHERE w."isSame")::int AS "same",
      count(*) FILTER (WHERE NOT w."isSame")::int AS "different"
    FROM (SELECT DISTINCT ON (g."modelVersionId", g."host", g."engine",
        g."film") g."isSame"
      FROM "ModelRole" r JOIN "GoldenRun" g
        ON g."modelVersionId" = r."modelVersionId"
      WHERE r."role" = 'LIVE' AND r."until" IS NULL
        AND g."ranAt" > now() - interval '2 days'
      ORDER BY g."modelVersionId", g."host", g."engine", g."film", g."id" DESC) w`;
  return row ?? { same: 0, different: 0 };
}
