import type { DatabaseClient } from "@lung-iris/prisma";
import type { PeriodFacts } from "./before-after.rules.ts";

/** Which model, where, in which while, and from which probability on. */
export interface Period {
  siteId: string;
  modelVersionId: string;
  from: Date;
  until: Date;
  finding: string;
  /** The site's own thresholds for the model by age group; null: its own. */
  child: number | null;
  adult: number | null;
}

/**
 * Films that came in meanwhile with the model's live answer; one film counts
 * once, by its newest. Control cases count once they are signed: until then
 * the AI is closed to everybody.
 */
export async function countFilms(
  client: DatabaseClient,
  { siteId, modelVersionId, from, until, finding, child, adult }: Period,
): Promise<Omit<PeriodFacts, "days">> {
  const filmsAsked = client.$queryRaw<
    Pick<PeriodFacts, "films" | "positive" | "refused">[]
  >`
    SELECT count(*)::int AS "films",
      count(*) FILTER (WHERE t."gateStatus" = 'NOT_ASSESSED')::int AS "refused",
      count(*) FILTER (WHERE t."isPositive")::int AS "positive"
    FROM (
      SELECT DISTINCT ON (i."id") p."gateStatus",
        f."probability" >= coalesce(CASE f."ageGroup"
          WHEN 'child' THEN ${child}::float8 WHEN 'adult' THEN ${adult}::float8
          END, f."ownThreshold") AS "isPositive"
      FROM "Image" i
      JOIN "Case" c ON c."studyId" = i."studyId"
      JOIN "Prediction" p ON p."imageId" = i."id"
        AND p."modelVersionId" = ${modelVersionId}::uuid AND p."role" = 'LIVE'
      LEFT JOIN "PredictionFinding" f ON f."predictionId" = p."id"
        AND f."code" = ${finding}
      WHERE i."siteId" = ${siteId}::uuid AND i."removedAt" IS NULL
        AND c."siteId" = ${siteId}::uuid
        AND c."arrivedAt" >= ${from} AND c."arrivedAt" < ${until}
        AND NOT (c."isControl" AND c."state" <> 'SIGNED')
      ORDER BY i."id", p."revision" DESC) t`;
  const signedAsked = client.$queryRaw<
    Pick<PeriodFacts, "signed" | "agreed">[]
  >`
    SELECT count(*)::int AS "signed",
      count(*) FILTER (WHERE c."agreesWithAi")::int AS "agreed"
    FROM "Case" c JOIN "Prediction" p ON p."id" = c."shownPredictionId"
    WHERE c."siteId" = ${siteId}::uuid AND c."state" = 'SIGNED'
      AND c."agreesWithAi" IS NOT NULL
      AND c."arrivedAt" >= ${from} AND c."arrivedAt" < ${until}
      AND p."modelVersionId" = ${modelVersionId}::uuid`;
  const [[films], [signed]] = await Promise.all([filmsAsked, signedAsked]);
  return {
    ...(films ?? { films: 0, positive: 0, refused: 0 }),
    ...(signed ?? { signed: 0, agreed: 0 }),
  };
}
