import type { DatabaseClient } from "@lung-iris/prisma";

/** A watched figure of a site, by the site's code. */
interface WatchLevel {
  site: string;
  metric: string;
  level: number;
}

/** The newest watch of each figure at every site. */
export function watchLevels(client: DatabaseClient): Promise<WatchLevel[]> {
  return client.$queryRaw<WatchLevel[]>`
    SELECT DISTINCT ON (w."siteId", w."metric") s."code" AS "site",
      w."metric", least(1, w."level") AS "level"
    FROM "MonitoringWatch" w JOIN "Site" s ON s."id" = w."siteId"
    ORDER BY w."siteId", w."metric", w."seenAt" DESC`;
}

export interface SiteWeek {
  site: string;
  films: number;
  assessed: number;
  confirmed: number;
  overridden: number;
  followed: number;
  helped: number;
  misled: number;
  /** Means of the week; null where nothing was measured. */
  greyMean: number | null;
  greySpan: number | null;
  gateDistance: number | null;
  probability: number | null;
}

/** The last seven days of every site, as far as they were counted. */
export function siteWeeks(client: DatabaseClient): Promise<SiteWeek[]> {
  return client.$queryRaw<SiteWeek[]>`
    SELECT s."code" AS "site", sum(d."films")::int AS "films",
      sum(d."assessed")::int AS "assessed",
      sum(d."confirmed")::int AS "confirmed",
      sum(d."overridden")::int AS "overridden",
      sum(d."followed")::int AS "followed", sum(d."helped")::int AS "helped",
      sum(d."misled")::int AS "misled",
      sum(d."greyMeanSum") / nullif(sum(d."greyFilms"), 0) AS "greyMean",
      sum(d."greySpanSum") / nullif(sum(d."greyFilms"), 0) AS "greySpan",
      sum(d."distanceSum") / nullif(sum(d."distanceFilms"), 0)
        AS "gateDistance",
      sum(d."probabilitySum") / nullif(sum(d."assessed"), 0) AS "probability"
    FROM "MonitoringDay" d JOIN "Site" s ON s."id" = d."siteId"
    WHERE d."day" > current_date - 7 GROUP BY 1`;
}

/** Sources of a site that have series of their own: the busiest. */
const MOST_SOURCES = 20;
/** Films of so many days say which sources are the busiest. */
const SOURCE_DAYS = 28;

interface SitePart {
  site: string;
  kind: "OVERRIDE" | "REFUSAL" | "AGE" | "SEX";
  name: string;
  count: number;
}

/** The last seven days by reason of overrides and refusals, and by age and sex. */
export function siteParts(client: DatabaseClient): Promise<SitePart[]> {
  return client.$queryRaw<SitePart[]>`
    SELECT s."code" AS "site", w."kind", w."name", sum(w."count")::int AS "count"
    FROM (
      SELECT d."siteId", 'OVERRIDE' AS "kind", r."key" AS "name",
        r."value"::int AS "count"
      FROM "MonitoringDay" d, jsonb_each_text(d."reasons") r
      WHERE d."day" > current_date - 7
      UNION ALL SELECT d."siteId", 'REFUSAL', r."key", r."value"::int
      FROM "MonitoringDay" d, jsonb_each_text(d."refusals") r
      WHERE d."day" > current_date - 7
      UNION ALL SELECT d."siteId", 'AGE', d."ageGroup", d."films"
      FROM "MonitoringDay" d WHERE d."day" > current_date - 7
      UNION ALL SELECT d."siteId", 'SEX', d."sex"::text, d."films"
      FROM "MonitoringDay" d WHERE d."day" > current_date - 7) w
    JOIN "Site" s ON s."id" = w."siteId" GROUP BY 1, 2, 3`;
}

interface SourceWeek {
  site: string;
  source: string;
  /** Refused films of the last seven days. */
  refused: number;
  /** Whole days since its last film, by the database's day. */
  silentDays: number;
}

/** The busiest sources of every site in four weeks, twenty at most. */
export function sourceWeeks(client: DatabaseClient): Promise<SourceWeek[]> {
  return client.$queryRaw<SourceWeek[]>`
    SELECT s."code" AS "site", w."source", w."refused", w."silentDays"
    FROM (
      SELECT d."siteId", d."source",
        coalesce(sum(d."films" - d."assessed")
          FILTER (WHERE d."day" > current_date - 7), 0)::int AS "refused",
        greatest(0, current_date - max(d."day")
          FILTER (WHERE d."films" > 0))::int AS "silentDays",
        row_number() OVER (PARTITION BY d."siteId"
          ORDER BY sum(d."films") DESC, d."source") AS "place"
      FROM "MonitoringDay" d
      WHERE d."day" > current_date - ${SOURCE_DAYS}::int
      GROUP BY 1, 2 HAVING sum(d."films") > 0) w
    JOIN "Site" s ON s."id" = w."siteId"
    WHERE w."place" <= ${MOST_SOURCES}::int`;
}
