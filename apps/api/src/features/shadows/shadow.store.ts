import type {
  DatabaseClient,
  ModelRole,
  ModelVersion,
} from "@lung-iris/prisma";
import { firstIdAt } from "../../platform/ids.ts";
import type { GradedFilms } from "./comparison.rules.ts";

/** Shadows that run and end by themselves: a handful for the whole desk. */
export function limitedShadows(
  client: DatabaseClient,
): Promise<(ModelRole & { modelVersion: ModelVersion })[]> {
  return client.modelRole.findMany({
    where: {
      role: "SHADOW",
      until: null,
      OR: [{ filmLimit: { not: null } }, { endsAt: { not: null } }],
    },
    include: { modelVersion: true },
    orderBy: { since: "asc" },
  });
}

/** Films that the shadow has answered since it began. */
export async function countAnswers(
  client: DatabaseClient,
  { siteId, modelVersionId, since }: ModelRole,
): Promise<number> {
  const [row] = await client.$queryRaw<{ films: number }[]>`
    SELECT count(DISTINCT p."imageId")::int AS "films"
    FROM "Prediction" p JOIN "Image" i ON i."id" = p."imageId"
      AND i."removedAt" IS NULL
    WHERE p."modelVersionId" = ${modelVersionId}::uuid
      AND p."id" >= ${firstIdAt(since)}::uuid AND p."role" = 'SHADOW'
      AND (${siteId}::uuid IS NULL OR i."siteId" = ${siteId}::uuid)`;
  return row?.films ?? 0;
}

/** A signed case where live model and shadow answer differently. */
export interface Discordant {
  /** Of the shadow's prediction: the cursor. */
  id: string;
  caseId: string;
  liveProbability: number;
  livePositive: boolean;
  shadowProbability: number;
  shadowPositive: boolean;
}

/** What is compared: a shadow's answers since it began, at one site. */
export interface Compared {
  siteId: string;
  modelVersionId: string;
  since: Date;
  finding: string;
  /** The site's own threshold for the shadow by age group; null: its own. */
  child: number | null;
  adult: number | null;
}

/**
 * Counts all films of the shadow that the case shows a live answer of, by what
 * each of the two says. A control case counts once it is signed: until then
 * the AI is closed.
 *
 * @param strongFrom from this probability on a positive film is a strong one
 */
export function countGraded(
  client: DatabaseClient,
  { siteId, modelVersionId, since, finding, child, adult }: Compared,
  strongFrom: number,
): Promise<GradedFilms[]> {
  return client.$queryRaw<GradedFilms[]>`
    SELECT t."live", t."shadow", count(*)::int AS "films"
    FROM (
      SELECT CASE WHEN lf."probability" < c."threshold" THEN 'negative'
          WHEN lf."probability" < ${strongFrom} THEN 'positive'
          ELSE 'strong' END AS "live",
        CASE WHEN sf."probability" < coalesce(CASE sf."ageGroup"
            WHEN 'child' THEN ${child}::float8 WHEN 'adult' THEN ${adult}::float8
            END, sf."ownThreshold") THEN 'negative'
          WHEN sf."probability" < ${strongFrom} THEN 'positive'
          ELSE 'strong' END AS "shadow"
      FROM "Prediction" p
      JOIN "Image" i ON i."id" = p."imageId" AND i."siteId" = ${siteId}::uuid
        AND i."removedAt" IS NULL
      JOIN "Case" c ON c."studyId" = i."studyId"
      JOIN "Prediction" l ON l."id" = c."shownPredictionId"
        AND l."imageId" = p."imageId"
      JOIN "PredictionFinding" lf ON lf."predictionId" = l."id"
        AND lf."code" = ${finding}
      JOIN "PredictionFinding" sf ON sf."predictionId" = p."id"
        AND sf."code" = ${finding}
      WHERE p."modelVersionId" = ${modelVersionId}::uuid
        AND p."role" = 'SHADOW' AND p."id" >= ${firstIdAt(since)}::uuid
        AND l."modelVersionId" <> p."modelVersionId"
        AND NOT (c."isControl" AND c."state" <> 'SIGNED')) t
    GROUP BY 1, 2`;
}

/**
 * Cases that nobody reads any more: that a case stands in this list tells of
 * the AI, and nobody may learn that of one that is still to be read, or to be
 * read by a second reader.
 */
export function listDiscordant(
  client: DatabaseClient,
  of: Compared,
  before: string | null,
  take: number,
): Promise<Discordant[]> {
  const { siteId, modelVersionId, since, finding, child, adult } = of;
  return client.$queryRaw<Discordant[]>`
    -- By the id itself, not its text: the newest are read along the index, and
    -- no further than the page.
    SELECT t."id"::text AS "id", t."caseId", t."liveProbability",
      t."livePositive", t."shadowProbability", t."shadowPositive"
    FROM (
      SELECT p."id" AS "id", c."id"::text AS "caseId",
        lf."probability" AS "liveProbability",
        lf."probability" >= c."threshold" AS "livePositive",
        sf."probability" AS "shadowProbability",
        sf."probability" >= coalesce(CASE sf."ageGroup"
          WHEN 'child' THEN ${child}::float8 WHEN 'adult' THEN ${adult}::float8
          END, sf."ownThreshold") AS "shadowPositive"
      FROM "Prediction" p
      JOIN "Image" i ON i."id" = p."imageId" AND i."siteId" = ${siteId}::uuid
        AND i."removedAt" IS NULL
      JOIN "Case" c ON c."studyId" = i."studyId" AND c."state" = 'SIGNED'
        AND (c."secondRead" IS NULL OR c."secondRead" IN ('AGREED', 'ADJUDICATED'))
      JOIN "Prediction" l ON l."id" = c."shownPredictionId"
        AND l."imageId" = p."imageId"
      JOIN "PredictionFinding" lf ON lf."predictionId" = l."id"
        AND lf."code" = ${finding}
      JOIN "PredictionFinding" sf ON sf."predictionId" = p."id"
        AND sf."code" = ${finding}
      WHERE p."modelVersionId" = ${modelVersionId}::uuid
        AND p."role" = 'SHADOW' AND p."id" >= ${firstIdAt(since)}::uuid
        AND l."modelVersionId" <> p."modelVersionId"
        AND (${before}::uuid IS NULL OR p."id" < ${before}::uuid)) t
    WHERE t."livePositive" <> t."shadowPositive"
    ORDER BY t."id" DESC LIMIT ${take}`;
}

/** The model's newest run as a shadow at the site or on the whole desk. */
export function lastShadow(
  client: DatabaseClient,
  siteId: string,
  modelVersionId: string,
): Promise<ModelRole | null> {
  return client.modelRole.findFirst({
    where: {
      modelVersionId,
      role: "SHADOW",
      OR: [{ siteId }, { siteId: null }],
    },
    orderBy: { since: "desc" },
  });
}
