import type {
  DatabaseClient,
  ModelRole,
  ModelVersion,
} from "@lung-iris/prisma";
import { firstIdAt } from "../../platform/ids.ts";

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

/** How the answers on signed and unsigned films fall, without any case. */
export interface ShadowCounts {
  films: number;
  bothPositive: number;
  onlyLive: number;
  onlyShadow: number;
  bothNegative: number;
}

/**
 * Counts over all films of the shadow that the case shows a live answer of.
 * A control case counts once it is signed: until then the AI is closed.
 */
export async function countCompared(
  client: DatabaseClient,
  { siteId, modelVersionId, since, finding, child, adult }: Compared,
): Promise<ShadowCounts> {
  const [row] = await client.$queryRaw<ShadowCounts[]>`
    SELECT count(*)::int AS "films",
      count(*) FILTER (WHERE t."live" AND t."shadow")::int AS "bothPositive",
      count(*) FILTER (WHERE t."live" AND NOT t."shadow")::int AS "onlyLive",
      count(*) FILTER (WHERE NOT t."live" AND t."shadow")::int AS "onlyShadow",
      count(*) FILTER (WHERE NOT t."live" AND NOT t."shadow")::int AS "bothNegative"
    FROM (
      SELECT lf."probability" >= c."threshold" AS "live",
        sf."probability" >= coalesce(CASE sf."ageGroup"
          WHEN 'child' THEN ${child}::float8 WHEN 'adult' THEN ${adult}::float8
          END, sf."ownThreshold") AS "shadow"
      FROM "Prediction" p
      JOIN "Image" i ON i."id" = p."imageId" AND i."siteId" = ${siteId}::uuid
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
        AND NOT (c."isControl" AND c."state" <> 'SIGNED')) t`;
  return (
    row ?? {
      films: 0,
      bothPositive: 0,
      onlyLive: 0,
      onlyShadow: 0,
      bothNegative: 0,
    }
  );
}

/**
 * Signed cases only: that a case stands in this list tells what the AI said,
 * and nobody may learn that of a case that is still to be read.
 */
export function listDiscordant(
  client: DatabaseClient,
  of: Compared,
  before: string | null,
  take: number,
): Promise<Discordant[]> {
  const { siteId, modelVersionId, since, finding, child, adult } = of;
  return client.$queryRaw<Discordant[]>`
    SELECT t.* FROM (
      SELECT p."id"::text AS "id", c."id"::text AS "caseId",
        lf."probability" AS "liveProbability",
        lf."probability" >= c."threshold" AS "livePositive",
        sf."probability" AS "shadowProbability",
        sf."probability" >= coalesce(CASE sf."ageGroup"
          WHEN 'child' THEN ${child}::float8 WHEN 'adult' THEN ${adult}::float8
          END, sf."ownThreshold") AS "shadowPositive"
      FROM "Prediction" p
      JOIN "Image" i ON i."id" = p."imageId" AND i."siteId" = ${siteId}::uuid
      JOIN "Case" c ON c."studyId" = i."studyId" AND c."state" = 'SIGNED'
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
