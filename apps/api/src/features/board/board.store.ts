import { Prisma } from "@lung-iris/prisma";
import type { DatabaseClient, Urgency } from "@lung-iris/prisma";

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

/** How many cases of a site are in some buckets of the worklist. */
export async function countBuckets(
  client: DatabaseClient,
  siteId: string,
  codes: readonly number[],
): Promise<number> {
  const rows = await client.$queryRaw<{ count: number }[]>`
    /* board buckets */ SELECT count(*)::int AS "count" FROM "Case"
    WHERE "siteId" = ${siteId}::uuid
      AND "worklistBucket" = ANY (${[...codes]}::int[])`;
  return rows[0]?.count ?? 0;
}

/** Critical results of a site that are open, along "CriticalResult_open". */
export async function countCritical(
  client: DatabaseClient,
  siteId: string,
  now: Date,
): Promise<{ open: number; overdue: number }> {
  const rows = await client.$queryRaw<{ open: number; overdue: number }[]>`
    /* board critical */ SELECT count(*)::int AS "open",
      count(*) FILTER (WHERE "dueAt" <= ${now}::timestamptz)::int AS "overdue"
    FROM "CriticalResult"
    WHERE "siteId" = ${siteId}::uuid AND "state" IN ('OPEN', 'TOLD')`;
  return rows[0] ?? { open: 0, overdue: 0 };
}

export interface Decisions {
  confirmed: number;
  partly: number;
  overridden: number;
}

/** How first signatures since a time answered the AI. */
export async function countDecisions(
  client: DatabaseClient,
  siteId: string,
  since: Date,
): Promise<Decisions> {
  const rows = await client.$queryRaw<Decisions[]>`
    /* board decisions */ SELECT
      count(*) FILTER (WHERE "decision" = 'CONFIRM')::int AS "confirmed",
      count(*) FILTER (WHERE "decision" = 'PARTLY')::int AS "partly",
      count(*) FILTER (WHERE "decision" = 'OVERRIDE')::int AS "overridden"
    FROM "ReadingVersion"
    WHERE "siteId" = ${siteId}::uuid AND "signedAt" >= ${since}::timestamptz
      AND "version" = 1`;
  return rows[0] ?? { confirmed: 0, partly: 0, overridden: 0 };
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
 * counts from when it was; amendments are no second signature, and a second
 * reading comes too late to count for how long the patient waited.
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
        JOIN "Reading" r ON r."id" = v."readingId" AND r."stage" = 'PRIMARY'
        WHERE v."siteId" = ${siteId}::uuid AND v."version" = 1
          AND v."signedAt" >= s."from" AND v."signedAt" < s."to"
          AND v."signedAt" >= c."arrivedAt") w) r
    ORDER BY s."from"`;
}

/** How many cases came, or were signed, between two moments of a list. */
export interface Step {
  urgency: Urgency;
  /** The first moment that is not before it; their number where none is. */
  place: number;
  count: number;
}

/**
 * The unsigned cases of a site and those signed since the first moment, by
 * the moments between which they came in and were signed. `moments` are in
 * order; the places count from 0.
 */
export async function stepsOfDay(
  client: DatabaseClient,
  siteId: string,
  moments: readonly Date[],
): Promise<{ arrived: Step[]; signed: Step[] }> {
  const times = Prisma.sql`${moments.map((time) => time.toISOString())}::timestamptz[]`;
  // width_bucket counts the moments up to a time; one on the moment counts as
  // before it, so a microsecond is taken off.
  const placeOf = (column: Prisma.Sql) =>
    Prisma.sql`width_bucket(${column} - interval '1 microsecond', ${times})`;
  const signedSince = Prisma.sql`
    SELECT DISTINCT v."caseId" FROM "ReadingVersion" v
    JOIN "Reading" r ON r."id" = v."readingId" AND r."stage" = 'PRIMARY'
    WHERE v."siteId" = ${siteId}::uuid AND v."signedAt" > (${times})[1]`;
  const [open, arrived, signed] = await Promise.all([
    client.$queryRaw<Step[]>`
      /* board open by hour */ SELECT c."urgency",
        ${placeOf(Prisma.sql`c."arrivedAt"`)} AS "place", count(*)::int AS "count"
      FROM "Case" c
      WHERE c."siteId" = ${siteId}::uuid AND c."state" = 'WAITING'
      GROUP BY 1, 2
      UNION ALL
      SELECT c."urgency", ${placeOf(Prisma.sql`c."arrivedAt"`)}, count(*)::int
      FROM "Case" c
      WHERE c."siteId" = ${siteId}::uuid AND c."state" = 'READING'
      GROUP BY 1, 2`,
    client.$queryRaw<Step[]>`
      /* board signed by arrival */ SELECT c."urgency",
        ${placeOf(Prisma.sql`c."arrivedAt"`)} AS "place", count(*)::int AS "count"
      FROM (${signedSince}) s JOIN "Case" c ON c."id" = s."caseId"
      WHERE c."state" = 'SIGNED' GROUP BY 1, 2`,
    client.$queryRaw<Step[]>`
      /* board signed by hour */ SELECT c."urgency",
        ${placeOf(Prisma.sql`c."signedAt"`)} AS "place", count(*)::int AS "count"
      FROM (${signedSince}) s JOIN "Case" c ON c."id" = s."caseId"
      WHERE c."state" = 'SIGNED' GROUP BY 1, 2`,
  ]);
  return { arrived: [...open, ...arrived], signed };
}
