import { Prisma } from "@lung-iris/prisma";
import { BUCKET_COUNT, URGENCIES } from "./worklist.buckets.ts";
import type { Bucket } from "./worklist.buckets.ts";
import {
  frontOf,
  keyOf,
  startAt,
  startAtName,
  startOf,
} from "./worklist.order.ts";
import type { Start, WorklistKey } from "./worklist.order.ts";
import { planWorklist } from "./worklist.plan.ts";
import type { WorklistPlan, WorklistSample } from "./worklist.plan.ts";
import {
  conditions,
  hasFirstElsewhere,
  startsWithFirst,
} from "./worklist.query.ts";
import type { WorklistQuery } from "./worklist.query.ts";

/** Rows `id`, `value`, `rank` that hold the first `limit` after a key. */
export function sourceOf(
  query: WorklistQuery,
  sample: WorklistSample | null,
  after: WorklistKey | null,
  limit: number,
  isOrdered = true,
): Prisma.Sql {
  switch (planOf(query, sample, after, limit, isOrdered)) {
    case "heads":
      return bucketHeads(query, after, limit);
    case "walk":
      return orderedWalk(query, after, limit);
    case "matches":
      return allMatches(query, after);
    case "names":
      return nameMatches(query, after, limit);
  }
}

function planOf(
  query: WorklistQuery,
  sample: WorklistSample | null,
  after: WorklistKey | null,
  limit: number,
  isOrdered: boolean,
): WorklistPlan {
  // A reader holds a handful of claims: all of them are soon found.
  if (query.claimedById !== null) return "matches";
  return planWorklist({
    buckets: query.buckets.length * query.siteIds.length,
    lists: walkedLists(query).length * query.siteIds.length,
    isEveryBucket: query.buckets.length === BUCKET_COUNT,
    isNarrow: query.assigneeId !== null,
    // After the first match the others follow closely.
    isClumped: query.sort === "PATIENT" && after === null,
    isByName: query.sort === "PATIENT",
    isOrdered,
    sample,
    limit,
  });
}

function siteList({ siteIds }: WorklistQuery): Prisma.Sql {
  return Prisma.sql`unnest(${[...siteIds]}::uuid[]) s("id")`;
}

/** Which rows of its lists a source takes. */
interface Part {
  where: Prisma.Sql;
  /** Where the lists start: at the first row that can match. */
  start: Start;
}

function wholeOf(query: WorklistQuery): Part {
  const { sort, arrivedAfter, arrivedBefore } = query;
  const where = conditions(query);
  const isNewestFirst = sort === "ARRIVED_NEWEST";
  const isOldestFirst = sort === "ARRIVED_OLDEST" || sort === "URGENCY";
  if (isNewestFirst && arrivedBefore !== null)
    return { where, start: startAt(arrivedBefore) };
  if (isOldestFirst && arrivedAfter !== null)
    return { where, start: startAt(arrivedAfter) };
  return { where, start: startOf(sort) };
}

/** The buckets, each with the key its rows must come after. */
function bucketList(
  { sort, buckets }: WorklistQuery,
  after: WorklistKey | null,
  start: Start,
): Prisma.Sql {
  const { codes, ranks, values, ids } = frontOf(sort, buckets, after, start);
  return Prisma.sql`unnest(${codes}::int[], ${ranks}::int[], ${values},
    ${ids}::uuid[]) b("code", "rank", "afterValue", "afterId")`;
}

/** The first rows of every bucket, each by one descent of one index. */
export function bucketHeads(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
  { where, start } = wholeOf(query),
): Prisma.Sql {
  return Prisma.sql`
    SELECT w.*, b."rank" FROM ${siteList(query)}
    CROSS JOIN ${bucketList(query, after, start)} CROSS JOIN LATERAL (
      ${firstRows(
        query,
        Prisma.sql`c."siteId" = s."id"
        AND c."worklistBucket" = b."code"`,
        where,
        limit,
      )}) w`;
}

/**
 * Along each site's list in its order. By urgency that is four lists, one
 * after the other; their front is that of any bucket of the urgency, whose
 * place is in the bucket's number above label (4) and assigned (2).
 */
function orderedWalk(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
  { where, start } = wholeOf(query),
): Prisma.Sql {
  const { sort, buckets } = query;
  const lists = { ...query, buckets: walkedLists(query) };
  const within =
    buckets.length === BUCKET_COUNT
      ? Prisma.sql`TRUE`
      : Prisma.sql`c."worklistBucket" = ANY (${buckets.map(({ code }) => code)}::int[])`;
  const inList =
    sort === "URGENCY"
      ? Prisma.sql`c."urgency" =
          (${[...URGENCIES]}::text[])[b."rank" + 1]::"Urgency"`
      : Prisma.sql`TRUE`;
  return Prisma.sql`
    SELECT w.*, (w."worklistBucket" / 8) % 4 AS "rank"
    FROM ${siteList(query)}
    CROSS JOIN ${bucketList(lists, after, start)}
    CROSS JOIN LATERAL (
      ${firstRows(
        query,
        Prisma.sql`c."siteId" = s."id" AND ${inList}
        AND ${within}`,
        where,
        limit,
        Prisma.sql`, c."worklistBucket"`,
      )}) w`;
}

/** One bucket for each list of a site that a walk goes along. */
function walkedLists({ sort, buckets }: WorklistQuery): readonly Bucket[] {
  if (sort !== "URGENCY") return buckets.slice(0, 1);
  const byRank = new Map(buckets.map((item) => [item.urgencyRank, item]));
  return [...byRank.values()];
}

function firstRows(
  { sort }: WorklistQuery,
  place: Prisma.Sql,
  where: Prisma.Sql,
  limit: number,
  more = Prisma.empty,
): Prisma.Sql {
  const { column, comparison, direction } = keyOf(sort);
  return Prisma.sql`SELECT c."id", c.${column} AS "value" ${more}
    FROM "Case" c
    WHERE ${place} AND ${where}
      AND (c.${column}, c."id") ${comparison} (b."afterValue", b."afterId")
    ORDER BY c.${column} ${direction}, c."id" ${direction}
    LIMIT ${limit}`;
}

/**
 * All rows with the words or the claim, by their own index; OFFSET keeps the
 * planner from taking the order's index for the better one.
 */
function allMatches(
  query: WorklistQuery,
  after: WorklistKey | null,
  where = conditions(query),
): Prisma.Sql {
  const start = startOf(query.sort);
  const { column, comparison } = keyOf(query.sort);
  return Prisma.sql`
    SELECT c."id", c.${column} AS "value", b."rank"
    FROM (
      SELECT c."id", c.${column}, c."worklistBucket" FROM "Case" c
      WHERE c."siteId" = ANY (${[...query.siteIds]}::uuid[])
        AND ${where} OFFSET 0) c
    JOIN ${bucketList(query, after, start)} ON b."code" = c."worklistBucket"
    WHERE (c.${column}, c."id") ${comparison} (b."afterValue", b."afterId")`;
}

/**
 * In the order of names: those that start with the first word, a range of the
 * list, and all rows that have it elsewhere, by their own trigram index.
 */
function nameMatches(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
): Prisma.Sql {
  const { words, buckets } = query;
  const [first = ""] = words;
  const starts = startsWithFirst(words);
  const along = buckets.length === BUCKET_COUNT ? orderedWalk : bucketHeads;
  const range: Part = {
    where: Prisma.sql`${conditions(query)} AND ${starts}`,
    start: startAtName(first),
  };
  const isBefore = after !== null && isBelow(after[1], first);
  const behind = Prisma.sql`
    ${conditions(query, hasFirstElsewhere(words))} AND NOT (${starts})`;
  return Prisma.sql`
    SELECT w."id", w."value", w."rank"
    FROM (${along(query, isBefore ? null : after, limit, range)}) w
    UNION ALL
    SELECT w."id", w."value", w."rank"
    FROM (${allMatches(query, after, behind)}) w`;
}

/** Whether a name comes before another in the list's order, that of UTF-8. */
function isBelow(name: string, other: string): boolean {
  return Buffer.compare(Buffer.from(name), Buffer.from(other)) < 0;
}
