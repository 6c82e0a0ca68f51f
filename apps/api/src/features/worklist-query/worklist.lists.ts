import { Prisma } from "@lung-iris/prisma";
import { URGENCIES } from "./worklist.buckets.ts";
import type { Bucket } from "./worklist.buckets.ts";
import {
  arrivalsOf,
  frontOf,
  keyOf,
  startAt,
  startOf,
} from "./worklist.order.ts";
import type { Start, WorklistKey } from "./worklist.order.ts";
import {
  AFTER_KEY,
  afterOverdue,
  baseOf,
  bucketsIn,
  IS_OVERDUE,
  limitOf,
  statesOf,
  withinPart,
} from "./worklist.parts.ts";
import type { Part } from "./worklist.parts.ts";
import { conditions, wordConditions } from "./worklist.query.ts";
import type { WorklistQuery } from "./worklist.query.ts";

/** The sites, each with the times up to which arrivals are overdue. */
export function siteList({ siteIds, overdue }: WorklistQuery): Prisma.Sql {
  const untilOf = (rank: number): string[] =>
    siteIds.map((id) => overdue.get(id)?.[rank]?.toISOString() ?? "-infinity");
  const [critical, urgent, soon, routine] = URGENCIES.map((_, rank) =>
    untilOf(rank),
  );
  return Prisma.sql`(
    SELECT u."id", ARRAY[u."c", u."u", u."s", u."r"] AS "overdueUntil"
    FROM ${listOf(
      siteIds.length,
      Prisma.sql`unnest(${[...siteIds]}::uuid[], ${critical}::timestamptz[],
        ${urgent}::timestamptz[], ${soon}::timestamptz[],
        ${routine}::timestamptz[]) u("id", "c", "u", "s", "r")`,
    )} u) s`;
}

/** All rows that are asked for, and where the order begins. */
export function wholeOf(query: WorklistQuery): Part {
  const { sort, arrivedAfter, arrivedBefore } = query;
  const arrivals = arrivalsOf(sort);
  // Words whose own index would help are found by it (`matches`); here it
  // stays shut, and the plan is the same for any word.
  const words =
    query.words.length === 0
      ? Prisma.sql`TRUE`
      : Prisma.sql`coalesce(${wordConditions(query.words)}, FALSE)`;
  if (arrivals === "oldest" && arrivedAfter !== null)
    return {
      where: Prisma.sql`${conditions({ ...query, arrivedAfter: null }, words)}
        AND (c."arrivedAt" >= ${arrivedAfter}) IS TRUE`,
      start: startAt(arrivedAfter),
      part: "whole",
    };
  if (arrivals === "newest" && arrivedBefore !== null)
    return {
      where: Prisma.sql`${conditions({ ...query, arrivedBefore: null }, words)}
        AND (c."arrivedAt" < ${arrivedBefore}) IS TRUE`,
      start: startAt(arrivedBefore),
      part: "whole",
    };
  return {
    where: conditions(query, words),
    start: startOf(sort),
    part: "whole",
  };
}

/** The buckets, each with the key its rows must come after. */
export function bucketList(
  { sort, buckets }: WorklistQuery,
  after: WorklistKey | null,
  start: Start,
  base = 0,
): Prisma.Sql {
  const front = frontOf(sort, buckets, after, start, base);
  const { codes, ranks, values, ids } = front;
  return Prisma.sql`${listOf(
    codes.length,
    Prisma.sql`unnest(${codes}::int[], ${ranks}::int[], ${values},
      ${ids}::uuid[]) b("code", "rank", "afterValue", "afterId")`,
  )} b`;
}

/** Rows of a list that PostgreSQL takes one of unknown length to have. */
const ASSUMED_ROWS = 10;

/**
 * A list of values as rows. Of a shorter one the text says how long it is: a
 * plan for any values would else cost more than one for these, which is made
 * anew each time.
 */
function listOf(length: number, rows: Prisma.Sql): Prisma.Sql {
  return length < ASSUMED_ROWS
    ? Prisma.sql`(SELECT * FROM ${rows} LIMIT ${Prisma.raw(String(length))})`
    : Prisma.sql`(SELECT * FROM ${rows})`;
}

/** The first rows of every bucket, each by one descent of one index. */
export function bucketHeads(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
  rows = wholeOf(query),
): Prisma.Sql {
  const { where, start, part } = rows;
  return Prisma.sql`
    SELECT w.*, b."rank" FROM ${siteList(query)}
    CROSS JOIN ${bucketList(query, after, start, baseOf(rows))}
    CROSS JOIN LATERAL (
      ${firstRows(
        query,
        Prisma.sql`c."siteId" = s."id"
        AND c."worklistBucket" = b."code"
        AND ${part === "overdue" ? IS_OVERDUE : Prisma.sql`TRUE`}`,
        where,
        limit,
        { after: part === "timely" ? afterOverdue() : AFTER_KEY },
      )}) w`;
}

/**
 * Along each site's list in its order. By urgency that is four lists, one
 * after the other; their front is that of any bucket of the urgency, whose
 * place is in the bucket's number above label (4) and assigned (2).
 */
export function orderedWalk(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
  rows = wholeOf(query),
): Prisma.Sql {
  const { where, start, part } = rows;
  const base = baseOf(rows);
  const { sort, buckets } = query;
  const lists = { ...query, buckets: walkedLists(query) };
  const within =
    buckets.length === bucketsIn(rows)
      ? Prisma.sql`TRUE`
      : Prisma.sql`c."worklistBucket" = ANY (${buckets.map(({ code }) => code)}::int[])`;
  const inList =
    sort === "URGENCY"
      ? Prisma.sql`c."urgency" =
          (${[...URGENCIES]}::text[])[b."rank" - ${base} + 1]::"Urgency"`
      : Prisma.sql`TRUE`;
  return Prisma.sql`
    SELECT w.*, (w."worklistBucket" / 8) % 4 + ${base} AS "rank"
    FROM ${siteList(query)}
    CROSS JOIN ${bucketList(lists, after, start, base)}
    CROSS JOIN LATERAL (
      ${firstRows(
        query,
        Prisma.sql`c."siteId" = s."id" AND ${statesOf(rows)} AND ${inList} AND ${within}
        AND ${withinPart(part)}`,
        where,
        limit,
        { more: Prisma.sql`, c."worklistBucket"` },
      )}) w`;
}

/** One bucket for each list of a site that a walk goes along. */
export function walkedLists({
  sort,
  buckets,
}: WorklistQuery): readonly Bucket[] {
  if (sort !== "URGENCY") return buckets.slice(0, 1);
  const byRank = new Map(buckets.map((item) => [item.urgencyRank, item]));
  return [...byRank.values()];
}

function firstRows(
  { sort }: WorklistQuery,
  place: Prisma.Sql,
  where: Prisma.Sql,
  limit: number,
  { after = AFTER_KEY, more = Prisma.empty },
): Prisma.Sql {
  const { column, comparison, direction } = keyOf(sort);
  return Prisma.sql`SELECT c."id", c.${column} AS "value" ${more}
    FROM "Case" c
    WHERE ${place} AND ${where}
      AND (c.${column}, c."id") ${comparison} (${after})
    ORDER BY c.${column} ${direction}, c."id" ${direction}
    LIMIT ${limitOf(limit)}`;
}
