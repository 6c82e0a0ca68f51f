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

interface SiteWeek {
  site: string;
  films: number;
  assessed: number;
  confirmed: number;
  overridden: number;
  followed: number;
  helped: number;
  misled: number;
}

/** The last seven days of every site, as far as they were counted. */
export function siteWeeks(client: DatabaseClient): Promise<SiteWeek[]> {
  return client.$queryRaw<SiteWeek[]>`
    SELECT s."code" AS "site", sum(d."films")::int AS "films",
      sum(d."assessed")::int AS "assessed",
      sum(d."confirmed")::int AS "confirmed",
      sum(d."overridden")::int AS "overridden",
      sum(d."followed")::int AS "followed", sum(d."helped")::int AS "helped",
      sum(d."misled")::int AS "misled"
    FROM "MonitoringDay" d JOIN "Site" s ON s."id" = d."siteId"
    WHERE d."day" > current_date - 7 GROUP BY 1`;
}
