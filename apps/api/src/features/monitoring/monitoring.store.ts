import { Prisma } from "@lung-iris/prisma";
import type { DatabaseClient } from "@lung-iris/prisma";
import { bucketsOf } from "../worklist-query/worklist.buckets.ts";
import type { SourceDays } from "./silence.rules.ts";

/** Sums of a day, or of a group over days; see the model's own words. */
export interface Sums {
  films: number;
  assessed: number;
  greyFilms: number;
  greyMeanSum: number;
  greyMeanSquares: number;
  greySpanSum: number;
  greySpanSquares: number;
  distanceFilms: number;
  distanceSum: number;
  distanceSquares: number;
  probabilitySum: number;
  probabilitySquares: number;
  confirmed: number;
  overridden: number;
  truePositive: number;
  falsePositive: number;
  trueNegative: number;
  falseNegative: number;
  contradicted: number;
  followed: number;
  helped: number;
  misled: number;
}

const WHOLE = [
  "films",
  "assessed",
  "greyFilms",
  "distanceFilms",
  "confirmed",
  "overridden",
  "truePositive",
  "falsePositive",
  "trueNegative",
  "falseNegative",
  "contradicted",
  "followed",
  "helped",
  "misled",
] as const;
const PARTS = [
  "greyMeanSum",
  "greyMeanSquares",
  "greySpanSum",
  "greySpanSquares",
  "distanceSum",
  "distanceSquares",
  "probabilitySum",
  "probabilitySquares",
] as const;

const SUMS = Prisma.join([
  ...WHOLE.map((name) => Prisma.raw(`sum("${name}")::int AS "${name}"`)),
  ...PARTS.map((name) => Prisma.raw(`sum("${name}")::float8 AS "${name}"`)),
]);

export type DaySums = Sums & { day: string };

/** The days of a site on which something happened, the oldest first. */
export function daySums(
  client: DatabaseClient,
  siteId: string,
  from: string,
  to: string,
): Promise<DaySums[]> {
  return client.$queryRaw<DaySums[]>`
    /* monitoring days */ SELECT "day"::text AS "day", ${SUMS}
    FROM "MonitoringDay" WHERE "siteId" = ${siteId}::uuid
      AND "day" BETWEEN ${from}::date AND ${to}::date
    GROUP BY "day" ORDER BY "day"`;
}

export type GroupDimension = "SOURCE" | "AGE" | "SEX";
export type GroupSums = Sums & { dimension: GroupDimension; name: string };

/** The same over all days, by source, age group and sex. */
export function groupSums(
  client: DatabaseClient,
  siteId: string,
  from: string,
  to: string,
): Promise<GroupSums[]> {
  return client.$queryRaw<GroupSums[]>`
    /* monitoring groups */ SELECT CASE WHEN grouping("source") = 0 THEN 'SOURCE'
        WHEN grouping("ageGroup") = 0 THEN 'AGE' ELSE 'SEX' END AS "dimension",
      coalesce("source", "ageGroup", "sex"::text) AS "name", ${SUMS}
    FROM "MonitoringDay" WHERE "siteId" = ${siteId}::uuid
      AND "day" BETWEEN ${from}::date AND ${to}::date
    GROUP BY GROUPING SETS (("source"), ("ageGroup"), ("sex"))
    ORDER BY 1, sum("films") DESC, 2`;
}

export interface ReasonCount {
  kind: "REFUSAL" | "OVERRIDE";
  reason: string;
  /** Of a refusal; "" for overrides. */
  source: string;
  count: number;
  /** On the days before the span. */
  before: number;
}

/**
 * Why films were refused, by source, and why answers were overridden: in the
 * span from `from` on, and on the days since `since` before it.
 */
export function reasonCounts(
  client: DatabaseClient,
  siteId: string,
  { since, from, to }: { since: string; from: string; to: string },
): Promise<ReasonCount[]> {
  return client.$queryRaw<ReasonCount[]>`
    /* monitoring reasons */ SELECT w."kind", w."reason", w."source",
      coalesce(sum(w."count") FILTER (WHERE w."day" >= ${from}::date), 0)::int
        AS "count",
      coalesce(sum(w."count") FILTER (WHERE w."day" < ${from}::date), 0)::int
        AS "before"
    FROM (
      SELECT 'REFUSAL' AS "kind", r."key" AS "reason", d."source", d."day",
        r."value"::int AS "count"
      FROM "MonitoringDay" d, jsonb_each_text(d."refusals") r
      WHERE d."siteId" = ${siteId}::uuid
        AND d."day" BETWEEN ${since}::date AND ${to}::date
      UNION ALL
      SELECT 'OVERRIDE', r."key", '', d."day", r."value"::int
      FROM "MonitoringDay" d, jsonb_each_text(d."reasons") r
      WHERE d."siteId" = ${siteId}::uuid
        AND d."day" BETWEEN ${since}::date AND ${to}::date) w
    GROUP BY 1, 2, 3 ORDER BY 1, 4 DESC, 2, 3`;
}

/** On which days each source of a site sent films. */
export function sourceDays(
  client: DatabaseClient,
  siteId: string,
  since: string,
): Promise<SourceDays[]> {
  return client.$queryRaw<SourceDays[]>`
    /* monitoring sources */ SELECT "source",
      array_agg(DISTINCT "day"::text) AS "days"
    FROM "MonitoringDay" WHERE "siteId" = ${siteId}::uuid
      AND "day" >= ${since}::date AND "films" > 0
    GROUP BY 1 ORDER BY 1`;
}

export interface WaitingForAi {
  films: number;
  oldestSince: Date | null;
}

/** Unsigned cases that the AI has not answered, along the worklist's index. */
export async function waitingForAi(
  client: DatabaseClient,
  siteId: string,
): Promise<WaitingForAi> {
  const codes = bucketsOf({
    states: ["WAITING", "READING"],
    assessments: ["PENDING"],
  }).map(({ code }) => code);
  const [row] = await client.$queryRaw<WaitingForAi[]>`
    /* monitoring silence */ SELECT count(*)::int AS "films",
      min("arrivedAt") AS "oldestSince"
    FROM "Case" WHERE "siteId" = ${siteId}::uuid
      AND "worklistBucket" = ANY (${codes}::int[])`;
  return row ?? { films: 0, oldestSince: null };
}
