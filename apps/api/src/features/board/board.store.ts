import type { DatabaseClient } from "@lung-iris/prisma";
import type { Urgency } from "@lung-iris/prisma";

/** Counts of one class as the database has them. */
export interface WaitingClass {
  urgency: Urgency;
  waiting: number;
  overdue: number;
  oldestSince: Date | null;
}

/**
 * What waits at a site, class by class, along the index "Case_waiting".
 * `overdueUntil`: arrivals up to then are past the ceiling of their class.
 */
export function countWaiting(
  client: DatabaseClient,
  siteId: string,
  overdueUntil: readonly { urgency: Urgency; until: Date }[],
): Promise<WaitingClass[]> {
  const urgencies = overdueUntil.map(({ urgency }) => urgency);
  const until = overdueUntil.map(({ until: time }) => time.toISOString());
  return client.$queryRaw<WaitingClass[]>`
    /* board waiting */ SELECT u."urgency", w.*
    FROM unnest(${urgencies}::"Urgency"[], ${until}::timestamptz[])
      u("urgency", "until")
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "waiting",
        count(*) FILTER (WHERE c."arrivedAt" <= u."until")::int AS "overdue",
        min(c."arrivedAt") AS "oldestSince"
      FROM "Case" c
      WHERE c."siteId" = ${siteId}::uuid AND c."state" = 'WAITING'
        AND c."urgency" = u."urgency") w`;
}

export interface OpenCounts {
  reading: number;
  notAssessed: number;
  pending: number;
}

/** What is read now, and unsigned cases without an answer of the AI. */
export async function countOpen(
  client: DatabaseClient,
  siteId: string,
): Promise<OpenCounts> {
  const [counts] = await client.$queryRaw<OpenCounts[]>`
    /* board open */ SELECT
      count(*) FILTER (WHERE "state" = 'READING')::int AS "reading",
      count(*) FILTER (WHERE "assessment" = 'NOT_ASSESSED')::int
        AS "notAssessed",
      count(*) FILTER (WHERE "assessment" = 'PENDING')::int AS "pending"
    FROM "Case" WHERE "siteId" = ${siteId}::uuid AND "state" <> 'SIGNED'`;
  return counts ?? { reading: 0, notAssessed: 0, pending: 0 };
}

export interface ReaderLoad {
  userId: string;
  name: string;
  reading: number;
  assigned: number;
  signed: number;
}

/** Who holds, was given or has lately signed cases of a site. */
export function readerLoads(
  client: DatabaseClient,
  siteId: string,
  signedSince: Date,
): Promise<ReaderLoad[]> {
  return client.$queryRaw<ReaderLoad[]>`
    /* board readers */ SELECT u."id"::text AS "userId", u."name",
      sum(w."reading")::int AS "reading", sum(w."assigned")::int AS "assigned",
      sum(w."signed")::int AS "signed"
    FROM (
      SELECT "claimedById" AS "id", count(*) AS "reading", 0 AS "assigned",
        0 AS "signed"
      FROM "Case"
      WHERE "siteId" = ${siteId}::uuid AND "state" = 'READING'
        AND "claimedById" IS NOT NULL
      GROUP BY 1
      UNION ALL
      SELECT "assigneeId", 0, count(*), 0 FROM "Case"
      WHERE "siteId" = ${siteId}::uuid AND "state" = 'WAITING'
        AND "assigneeId" IS NOT NULL
      GROUP BY 1
      UNION ALL
      SELECT "readerId", 0, 0, count(*) FROM "ReadingVersion"
      WHERE "siteId" = ${siteId}::uuid AND "signedAt" >= ${signedSince}
        AND "version" = 1
      GROUP BY 1) w
    JOIN "User" u ON u."id" = w."id"
    GROUP BY u."id", u."name"
    ORDER BY "reading" DESC, "assigned" DESC, u."name", u."id"`;
}

export interface Wait {
  caseId: string;
  urgency: Urgency;
  arrivedAt: Date;
  dueAt: Date;
  assigneeName: string | null;
}

/** The waiting cases that are due first, by the ceilings of their classes. */
export function firstDue(
  client: DatabaseClient,
  siteId: string,
  ceilings: readonly { urgency: Urgency; ceilingMinutes: number }[],
  limit: number,
): Promise<Wait[]> {
  const urgencies = ceilings.map(({ urgency }) => urgency);
  const minutes = ceilings.map(({ ceilingMinutes }) => ceilingMinutes);
  return client.$queryRaw<Wait[]>`
    /* board due */ SELECT w."id"::text AS "caseId", u."urgency",
      w."arrivedAt", w."arrivedAt" + u."minutes" * interval '1 minute'
        AS "dueAt", a."name" AS "assigneeName"
    FROM unnest(${urgencies}::"Urgency"[], ${minutes}::int[])
      u("urgency", "minutes")
    CROSS JOIN LATERAL (
      SELECT c."id", c."arrivedAt", c."assigneeId" FROM "Case" c
      WHERE c."siteId" = ${siteId}::uuid AND c."state" = 'WAITING'
        AND c."urgency" = u."urgency"
      ORDER BY c."arrivedAt", c."id" LIMIT ${limit}) w
    LEFT JOIN "User" a ON a."id" = w."assigneeId"
    ORDER BY "dueAt", w."id" LIMIT ${limit}`;
}

/** A part of the time line, its first moment and the first after it. */
export interface Span {
  from: Date;
  to: Date;
}

/** Today and the six days before, by the clock on the wall of a zone. */
export function daySpans(
  client: DatabaseClient,
  now: Date,
  timeZone: string,
): Promise<Span[]> {
  return client.$queryRaw<Span[]>`
    /* board days */ SELECT
      (today - n * interval '1 day') AT TIME ZONE ${timeZone}::text AS "from",
      (today - (n - 1) * interval '1 day') AT TIME ZONE ${timeZone}::text
        AS "to"
    FROM date_trunc('day', ${now}::timestamptz AT TIME ZONE ${timeZone}::text)
        today,
      generate_series(6, 0, -1) n
    ORDER BY 1`;
}

export interface SpanCounts {
  from: Date;
  arrived: number;
  signed: number;
  medianMinutes: number | null;
  p90Minutes: number | null;
}

/**
 * What came in and what was signed in each span. A case that was opened again
 * counts from when it was; amendments are no second signature.
 */
export function countSpans(
  client: DatabaseClient,
  siteId: string,
  spans: readonly Span[],
): Promise<SpanCounts[]> {
  const from = spans.map((span) => span.from.toISOString());
  const to = spans.map((span) => span.to.toISOString());
  return client.$queryRaw<SpanCounts[]>`
    /* board spans */ SELECT s."from", a."arrived", r.*
    FROM unnest(${from}::timestamptz[], ${to}::timestamptz[]) s("from", "to")
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "arrived" FROM "Case" c
      WHERE c."siteId" = ${siteId}::uuid AND c."arrivedAt" >= s."from"
        AND c."arrivedAt" < s."to") a
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "signed",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY w."minutes")
          AS "medianMinutes",
        percentile_cont(0.9) WITHIN GROUP (ORDER BY w."minutes")
          AS "p90Minutes"
      FROM (
        SELECT extract(epoch FROM v."signedAt" - c."arrivedAt")::float8 / 60
          AS "minutes"
        FROM "ReadingVersion" v JOIN "Case" c ON c."id" = v."caseId"
        WHERE v."siteId" = ${siteId}::uuid AND v."version" = 1
          AND v."signedAt" >= s."from" AND v."signedAt" < s."to"
          AND v."signedAt" >= c."arrivedAt") w) r
    ORDER BY s."from"`;
}

export interface WaitingMoment {
  at: Date;
  urgency: Urgency;
  count: number;
}

/**
 * How many unsigned cases there were at each moment, by the class that they
 * have now. The moments are in order.
 */
export function countUnsignedAt(
  client: DatabaseClient,
  siteId: string,
  moments: readonly Date[],
): Promise<WaitingMoment[]> {
  const times = moments.map((time) => time.toISOString());
  return client.$queryRaw<WaitingMoment[]>`
    /* board over the day */ WITH m AS (
      SELECT * FROM unnest(${times}::timestamptz[])
        WITH ORDINALITY m("at", "place")),
    changes AS (
      -- Each case counts from the first moment after it came in…
      SELECT c."urgency", (SELECT min(m."place") FROM m
        WHERE m."at" >= c."arrivedAt") AS "place", 1 AS "by"
      FROM "Case" c
      WHERE c."siteId" = ${siteId}::uuid AND c."state" <> 'SIGNED'
      UNION ALL
      SELECT c."urgency", (SELECT min(m."place") FROM m
        WHERE m."at" >= c."arrivedAt"), 1
      FROM "Case" c
      WHERE c."siteId" = ${siteId}::uuid AND c."state" = 'SIGNED'
        AND c."signedAt" > ${times[0]}::timestamptz
      UNION ALL
      -- …until the first moment after it was signed.
      SELECT c."urgency", (SELECT min(m."place") FROM m
        WHERE m."at" >= c."signedAt"), -1
      FROM "Case" c
      WHERE c."siteId" = ${siteId}::uuid AND c."state" = 'SIGNED'
        AND c."signedAt" > ${times[0]}::timestamptz)
    SELECT m."at", c."urgency", sum(c."by")::int AS "count"
    FROM m JOIN changes c ON c."place" <= m."place"
    GROUP BY m."at", c."urgency" ORDER BY m."at"`;
}
