import { Prisma, readRows } from "@lung-iris/prisma";
import type { DatabaseClient } from "@lung-iris/prisma";
import { bucketHeads } from "../worklist-query/worklist.lists.ts";
import {
  arrivalsOf,
  keyOf,
  orderOf,
} from "../worklist-query/worklist.order.ts";
import type { WorklistKey } from "../worklist-query/worklist.order.ts";
import type { WorklistSample } from "../worklist-query/worklist.plan.ts";
import {
  conditions,
  EMPTY_QUERY,
  hasTraits,
  isFlagged,
  textStartsWithFirst,
  traitCondition,
  wordCondition,
  wordConditions,
} from "../worklist-query/worklist.query.ts";
import type { WorklistQuery } from "../worklist-query/worklist.query.ts";
import { limitOf } from "../worklist-query/worklist.parts.ts";
import {
  overdueRows,
  sourceOf,
  statementPlanOf,
} from "../worklist-query/worklist.sources.ts";

export interface WorklistHit {
  id: string;
  key: WorklistKey;
}

/** Rows looked at to learn how common the words of a search are. */
const SAMPLE_ROWS = 4_000;

/**
 * Arrivals that are looked at one by one rather than passed in an order: at
 * most so many, and so much of the table, above which PostgreSQL reads all of
 * an index of the order instead.
 */
const BRIEF_ROWS = 25_000;
const BRIEF_SHARE = 0.025;

/** Ids and sort keys of up to `limit` cases after `after`, in order. */
export async function findWorklist(
  client: DatabaseClient,
  query: WorklistQuery,
  sample: WorklistSample | null,
  after: WorklistKey | null,
  limit: number,
): Promise<WorklistHit[]> {
  if (isEmpty(query)) return [];
  const source = sourceOf(query, sample, after, limit);
  const { text } = keyOf(query.sort);
  return readRows<WorklistHit>(
    client,
    Prisma.sql`
    /* worklist page */ SELECT w."id"::text AS "id", jsonb_build_array(
      w."rank", ${text}, w."id", ${query.asOf.toISOString()}::text) AS "key"
    FROM (SELECT * FROM (${source}) w
      ORDER BY ${orderOf(query.sort)} LIMIT ${limitOf(limit)}) w
    ORDER BY ${orderOf(query.sort)}`,
    statementPlanOf(query, sample, after, limit),
  );
}

/** How many match, counted up to `cap` and no further. */
export async function countWorklist(
  client: DatabaseClient,
  query: WorklistQuery,
  sample: WorklistSample | null,
  cap: number,
): Promise<number> {
  if (isEmpty(query)) return 0;
  // Any order counts the same; in this one equal names lie apart.
  const anyOrder: WorklistQuery = { ...query, sort: "ARRIVED_NEWEST" };
  const rows = await readRows<{ count: number }>(
    client,
    Prisma.sql`
    /* worklist count */ SELECT count(*)::int AS "count"
    FROM (SELECT 1 FROM (${sourceOf(anyOrder, sample, null, cap, false)}) w
      LIMIT ${limitOf(cap)}) counted`,
    statementPlanOf(anyOrder, sample, null, cap, false),
  );
  return rows[0]?.count ?? 0;
}

/** How many of the buckets wait past their ceilings, counted up to `cap`. */
export async function countOverdue(
  client: DatabaseClient,
  query: WorklistQuery,
  cap: number,
): Promise<number> {
  if (isEmpty(query)) return 0;
  const rows = await readRows<{ count: number }>(
    client,
    Prisma.sql`
    /* worklist overdue */ SELECT count(*)::int AS "count"
    FROM (SELECT 1 FROM (${overdueRows(query, cap)}) w LIMIT ${cap}) counted`,
  );
  return rows[0]?.count ?? 0;
}

/** The earliest arrival in the buckets, or null where they are empty. */
export async function earliestArrival(
  client: DatabaseClient,
  query: WorklistQuery,
): Promise<Date | null> {
  if (isEmpty(query)) return null;
  const rows = await readRows<{ arrivedAt: Date | null }>(
    client,
    Prisma.sql`
    /* worklist longest wait */ SELECT min(w."value") AS "arrivedAt"
    FROM (${bucketHeads(query, null, 1)}) w`,
  );
  return rows[0]?.arrivedAt ?? null;
}

/**
 * How common are a search's words, and films and patients as asked for, among the newest and the oldest cases:
 * names that came up lately would make a walk from the oldest end long.
 * Null where none of these are asked for.
 */
export async function sampleWorklist(
  client: DatabaseClient,
  query: WorklistQuery,
): Promise<WorklistSample | null> {
  const { siteIds, words, buckets } = query;
  if (isEmpty(query) || (words.length === 0 && !hasTraits(query))) return null;
  const traits = traitCondition(query);
  const found = Prisma.sql`${wordConditions(words)} AND ${traits}`;
  const sampled = Math.ceil(SAMPLE_ROWS / 2 / siteIds.length);
  const codes = buckets.map(({ code }) => code);
  const singles = Prisma.join(
    [
      // All flagged cases are passed where those with one flag are looked for.
      query.flags === null
        ? Prisma.sql`0`
        : Prisma.sql`count(*) FILTER (WHERE ${isFlagged})`,
      ...words.map(
        (word) => Prisma.sql`count(*) FILTER (WHERE ${wordCondition(word)})`,
      ),
    ],
    " + ",
  );
  const end = (direction: Prisma.Sql) => Prisma.sql`
    SELECT count(*) AS "rows",
      count(*) FILTER (WHERE ${found}) AS "matches",
      least(count(*) FILTER (WHERE ${wordConditions(words)}),
        count(*) FILTER (WHERE ${traits})) AS "found",
      ${singles} AS "singles",
      count(*) FILTER (WHERE ${textStartsWithFirst(words)}) AS "starts",
      count(*) FILTER (WHERE ${textStartsWithFirst(words)}
        AND ${found}) AS "wordsAtStart",
      count(*) FILTER (WHERE NOT (${textStartsWithFirst(words)})
        AND ${wordConditions(words)}) AS "elsewhere",
      count(*) FILTER (WHERE c."worklistBucket" = ANY (${codes}::int[]))
        AS "buckets"
    FROM unnest(${[...siteIds]}::uuid[]) s("id") CROSS JOIN LATERAL (
      SELECT "searchText", "worklistBucket", "worklistTraits" FROM "Case"
      WHERE "siteId" = s."id" AND "worklistBucket" >= 0
      ORDER BY "arrivedAt" ${direction}, "id" ${direction}
      LIMIT ${sampled}) c`;
  const rows = await readRows<WorklistSample>(
    client,
    Prisma.sql`
    /* worklist sample */ SELECT
      (SELECT greatest(reltuples, 1)::float8 FROM pg_class
        WHERE oid = '"Case"'::regclass) AS "rows",
      min(greatest(e."matches", 0.5) / greatest(e."rows", 1))::float8
        AS "leastWords",
      max(greatest(e."found", 0.5) / greatest(e."rows", 1))::float8
        AS "mostWords",
      (sum(e."singles") / greatest(sum(e."rows"), 1))::float8 AS "singleWords",
      (greatest(sum(e."buckets"), 1) / greatest(sum(e."rows"), 1))::float8
        AS "inBuckets",
      (sum(e."starts") / greatest(sum(e."rows"), 1))::float8 AS "starts",
      min(greatest(e."wordsAtStart", 0.5) / greatest(e."rows", 1))::float8
        AS "leastStarts",
      max(greatest(e."elsewhere", 0.5) / greatest(e."rows", 1))::float8
        AS "mostElsewhere"
    FROM (${end(Prisma.sql`ASC`)} UNION ALL ${end(Prisma.sql`DESC`)}) e`,
    "anew",
  );
  return rows[0] ?? null;
}

/**
 * Whether so few cases arrived in the times asked for that a list in another
 * order than by arrival is quickest made of all of them. False without times.
 */
export async function isBrief(
  client: DatabaseClient,
  query: WorklistQuery,
): Promise<boolean> {
  const { siteIds, sort, arrivedAfter, arrivedBefore } = query;
  if (arrivedAfter === null && arrivedBefore === null) return false;
  if (arrivalsOf(sort) !== null) return false;
  const arrivals: WorklistQuery = {
    ...EMPTY_QUERY,
    siteIds,
    arrivedAfter,
    arrivedBefore,
  };
  const rows = await readRows<{ isBrief: boolean }>(
    client,
    Prisma.sql`
    /* worklist times */ WITH "most" AS (
      SELECT least(reltuples * ${BRIEF_SHARE}, ${BRIEF_ROWS})::int AS "rows"
      FROM pg_class WHERE oid = '"Case"'::regclass)
    SELECT count(*) <= (SELECT "rows" FROM "most") AS "isBrief"
    FROM (SELECT 1 FROM "Case" c
      WHERE c."siteId" = ANY (${[...siteIds]}::uuid[])
        AND ${conditions(arrivals)}
      LIMIT (SELECT greatest("rows", 0) + 1 FROM "most")) counted`,
  );
  return rows[0]?.isBrief ?? false;
}

function isEmpty({ siteIds, buckets }: WorklistQuery): boolean {
  return siteIds.length === 0 || buckets.length === 0;
}
