import { Prisma } from "@lung-iris/prisma";
import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";

/** The only writer of `MonitoringDay`. */

/** A site with its clock. */
export interface SiteClock {
  id: string;
  /** IANA name. */
  timeZone: string;
}

export async function siteClocks(client: DatabaseClient): Promise<SiteClock[]> {
  const sites = await client.site.findMany({
    select: { id: true, timeZone: true },
    orderBy: { id: "asc" },
  });
  return sites.map(({ id, timeZone }) => ({ id, timeZone: timeZone ?? "UTC" }));
}

/** Days by a site's clock, "2026-11-28". */
interface Days {
  today: string;
  /** The newest day that was counted; null before the first. */
  newest: string | null;
  /** The day of the site's first film; null where it has none. */
  first: string | null;
}

export async function daysOf(
  client: DatabaseClient,
  { id, timeZone }: SiteClock,
  now: Date,
): Promise<Days> {
  const [row] = await client.$queryRaw<Days[]>`
    SELECT (${now}::timestamptz AT TIME ZONE ${timeZone}::text)::date::text
        AS "today",
      (SELECT max("day")::text FROM "MonitoringDay"
        WHERE "siteId" = ${id}::uuid) AS "newest",
      (SELECT (min("createdAt") AT TIME ZONE ${timeZone}::text)::date::text
        FROM "Image" WHERE "siteId" = ${id}::uuid) AS "first"`;
  if (row === undefined) throw new Error("the database gave no day");
  return row;
}

/** Longest name of a source; longer ones are cut. */
const SOURCE_LETTERS = 64;

const AGE_GROUP = Prisma.sql`CASE
  WHEN s."patientAgeYears" IS NULL THEN 'unknown'
  WHEN s."patientAgeYears" < 5 THEN '0-4'
  WHEN s."patientAgeYears" < 18 THEN '5-17'
  WHEN s."patientAgeYears" < 65 THEN '18-64' ELSE '65+' END`;

/** Whose film, taken where: what the rows of a day are told apart by. */
const GROUPED = Prisma.sql`
  left(coalesce(nullif(btrim(e."station"), ''),
    nullif(btrim(e."institution"), ''), ''), ${SOURCE_LETTERS}) AS "source",
  ${AGE_GROUP} AS "ageGroup", pt."sex"`;

const OF_IMAGE = Prisma.sql`
  JOIN "Study" s ON s."id" = i."studyId"
  JOIN "Patient" pt ON pt."id" = s."patientId"
  LEFT JOIN "Series" e ON e."id" = i."seriesId"`;

/** A day's first moment and the first after it. */
interface Bounds {
  from: Date;
  to: Date;
}

/** Asked for first: the planner must see how short the time between them is. */
async function boundsOf(
  tx: Tx,
  day: string,
  timeZone: string,
): Promise<Bounds> {
  const [bounds] = await tx.$queryRaw<Bounds[]>`
    SELECT ${day}::date::timestamp AT TIME ZONE ${timeZone}::text AS "from",
      (${day}::date + 1)::timestamp AT TIME ZONE ${timeZone}::text AS "to"`;
  if (bounds === undefined) throw new Error(`no bounds of ${day}`);
  return bounds;
}

/** Each film that a live model looked at first on the day. */
function filmsOf(siteId: string, { from, to }: Bounds): Prisma.Sql {
  return Prisma.sql`
    SELECT ${GROUPED}, p."gateStatus" = 'ASSESSED' AS "isAssessed",
      coalesce(p."gateReason", 'unreadable') AS "reason", p."greyMean",
      p."greySpan", p."gateDistance", f."probability"
    FROM "Prediction" p
    JOIN "Image" i ON i."id" = p."imageId" AND i."siteId" = ${siteId}::uuid
      AND i."removedAt" IS NULL
    ${OF_IMAGE}
    LEFT JOIN "PredictionFinding" f
      ON f."predictionId" = p."id" AND f."code" = ${LEADING_FINDING}
    WHERE p."createdAt" >= ${from} AND p."createdAt" < ${to}
      AND p."role" = 'LIVE' AND NOT EXISTS (
      SELECT 1 FROM "Prediction" o WHERE o."imageId" = p."imageId"
        AND o."role" = 'LIVE' AND o."createdAt" < p."createdAt")`;
}

/**
 * Each first signature of the day that answers the AI. Blind opinions are
 * held against a label of two readers or of an adjudicator, where there is
 * one: a single reader cannot say who of two was right.
 */
function signaturesOf(siteId: string, { from, to }: Bounds): Prisma.Sql {
  return Prisma.sql`
    SELECT g.*, g."isContradicted" AND g."isAi" = g."isFinal" AS "isFollowed",
      g."truth" IS NOT NULL AND g."isContradicted" AND g."isAi" = g."isFinal"
        AND g."isAi" = g."truth" AS "isHelped",
      g."truth" IS NOT NULL AND g."isContradicted" AND g."isAi" = g."isFinal"
        AND g."isAi" <> g."truth" AS "isMisled"
    FROM (SELECT a.*, coalesce(a."isBlind" AND a."opinion" <> 'NOT_DIAGNOSTIC'
        AND (a."opinion" = 'PNEUMONIA') <> a."isAi", false) AS "isContradicted"
      FROM (SELECT ${GROUPED}, v."decision" = 'CONFIRM' AS "isConfirmed",
          coalesce(v."overrideReason", 'OTHER') AS "reason",
          v."label" = 'PNEUMONIA' AS "isFinal", r."opinion",
          coalesce(r."opinionIsBlind", false) AS "isBlind",
          f."probability" >= coalesce(c."threshold", f."ownThreshold") AS "isAi",
          l."label" = 'PNEUMONIA' AS "truth"
        FROM "ReadingVersion" v
        JOIN "Reading" r ON r."id" = v."readingId"
        JOIN "Case" c ON c."id" = v."caseId"
        JOIN "Prediction" p ON p."id" = v."predictionId"
        JOIN "PredictionFinding" f
          ON f."predictionId" = p."id" AND f."code" = ${LEADING_FINDING}
        JOIN "Image" i ON i."id" = p."imageId"
        ${OF_IMAGE}
        LEFT JOIN "CaseLabel" l ON l."caseId" = c."id" AND l."until" IS NULL
          AND l."grade" IN ('ADJUDICATED', 'TWO_AGREE')
        WHERE v."siteId" = ${siteId}::uuid
          AND v."signedAt" >= ${from} AND v."signedAt" < ${to}
          AND v."version" = 1 AND v."decision" <> 'INDEPENDENT'
          AND v."label" <> 'NOT_DIAGNOSTIC') a) g`;
}

/**
 * Counts a day anew: what stood there is replaced. To be called in a
 * transaction; of two at once the second waits.
 */
export async function countDay(
  tx: Tx,
  { id: siteId, timeZone }: SiteClock,
  day: string,
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM (SELECT pg_advisory_xact_lock(
      hashtextextended('monitoring-day ' || ${siteId}::text, 0))) w`;
  const bounds = await boundsOf(tx, day, timeZone);
  await tx.$executeRaw`
    DELETE FROM "MonitoringDay"
    WHERE "siteId" = ${siteId}::uuid AND "day" = ${day}::date`;
  await tx.$executeRaw`
    /* monitoring day */ WITH film AS MATERIALIZED (${filmsOf(siteId, bounds)}),
    signed AS MATERIALIZED (${signaturesOf(siteId, bounds)}),
    refused AS (
      SELECT "source", "ageGroup", "sex", jsonb_object_agg("reason", n) AS "refusals"
      FROM (SELECT "source", "ageGroup", "sex", "reason", count(*) AS n
        FROM film WHERE NOT "isAssessed" GROUP BY 1, 2, 3, 4) w
      GROUP BY 1, 2, 3),
    why AS (
      SELECT "source", "ageGroup", "sex", jsonb_object_agg("reason", n) AS "reasons"
      FROM (SELECT "source", "ageGroup", "sex", "reason", count(*) AS n
        FROM signed WHERE NOT "isConfirmed" GROUP BY 1, 2, 3, 4) w
      GROUP BY 1, 2, 3),
    films AS (
      SELECT "source", "ageGroup", "sex", count(*)::int AS "films",
        count(*) FILTER (WHERE "isAssessed")::int AS "assessed",
        count("greyMean")::int AS "greyFilms", sum("greyMean") AS "greyMeanSum",
        sum("greyMean" ^ 2) AS "greyMeanSquares", sum("greySpan") AS "greySpanSum",
        sum("greySpan" ^ 2) AS "greySpanSquares",
        count("gateDistance")::int AS "distanceFilms",
        sum("gateDistance") AS "distanceSum",
        sum("gateDistance" ^ 2) AS "distanceSquares",
        sum("probability") AS "probabilitySum",
        sum("probability" ^ 2) AS "probabilitySquares"
      FROM film GROUP BY 1, 2, 3),
    signatures AS (
      SELECT "source", "ageGroup", "sex",
        count(*) FILTER (WHERE "isConfirmed")::int AS "confirmed",
        count(*) FILTER (WHERE NOT "isConfirmed")::int AS "overridden",
        count(*) FILTER (WHERE "isAi" AND "isFinal")::int AS "truePositive",
        count(*) FILTER (WHERE "isAi" AND NOT "isFinal")::int AS "falsePositive",
        count(*) FILTER (WHERE NOT "isAi" AND NOT "isFinal")::int AS "trueNegative",
        count(*) FILTER (WHERE NOT "isAi" AND "isFinal")::int AS "falseNegative",
        count(*) FILTER (WHERE "isContradicted")::int AS "contradicted",
        count(*) FILTER (WHERE "isFollowed")::int AS "followed",
        count(*) FILTER (WHERE "isHelped")::int AS "helped",
        count(*) FILTER (WHERE "isMisled")::int AS "misled"
      FROM signed GROUP BY 1, 2, 3)
    INSERT INTO "MonitoringDay" ("siteId", "day", "source", "ageGroup", "sex",
      "films", "assessed", "refusals", "greyFilms", "greyMeanSum",
      "greyMeanSquares", "greySpanSum", "greySpanSquares", "distanceFilms",
      "distanceSum", "distanceSquares", "probabilitySum", "probabilitySquares",
      "confirmed", "overridden", "reasons", "truePositive", "falsePositive",
      "trueNegative", "falseNegative", "contradicted", "followed", "helped",
      "misled")
    SELECT ${siteId}::uuid, ${day}::date, "source", "ageGroup", "sex",
      coalesce("films", 0), coalesce("assessed", 0), coalesce("refusals", '{}'),
      coalesce("greyFilms", 0), coalesce("greyMeanSum", 0),
      coalesce("greyMeanSquares", 0), coalesce("greySpanSum", 0),
      coalesce("greySpanSquares", 0), coalesce("distanceFilms", 0),
      coalesce("distanceSum", 0), coalesce("distanceSquares", 0),
      coalesce("probabilitySum", 0), coalesce("probabilitySquares", 0),
      coalesce("confirmed", 0), coalesce("overridden", 0),
      coalesce("reasons", '{}'), coalesce("truePositive", 0),
      coalesce("falsePositive", 0), coalesce("trueNegative", 0),
      coalesce("falseNegative", 0), coalesce("contradicted", 0),
      coalesce("followed", 0), coalesce("helped", 0), coalesce("misled", 0)
    FROM films
    FULL JOIN signatures USING ("source", "ageGroup", "sex")
    LEFT JOIN refused USING ("source", "ageGroup", "sex")
    LEFT JOIN why USING ("source", "ageGroup", "sex")`;
}
