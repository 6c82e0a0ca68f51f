import { Prisma } from "@lung-iris/prisma";
import {
  BUCKET_COUNT,
  OPEN_BELOW,
  URGENCIES,
  WAITING_BELOW,
} from "./worklist.buckets.ts";
import type { Bucket } from "./worklist.buckets.ts";
import {
  arrivalsOf,
  frontOf,
  hasAssignedList,
  hasReadersList,
  hasWholeList,
  keyOf,
  LAST_ID,
  LAST_TEXT,
  startAt,
  startAtName,
  startOf,
  TIMELY_FROM,
} from "./worklist.order.ts";
import type { Start, WorklistKey } from "./worklist.order.ts";
import { planWorklist } from "./worklist.plan.ts";
import type { WorklistPlan, WorklistSample } from "./worklist.plan.ts";
import {
  conditions,
  hasFirstElsewhere,
  startsWithFirst,
  wordConditions,
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
  if (query.sort === "SITE") return siteAfterSite(query, sample, after, limit);
  const plan = planOf(query, sample, after, limit, isOrdered);
  // Words that are common say less than the time; their index stays shut.
  if (query.isBrief && plan !== "matches")
    return allMatches(
      query,
      after,
      conditions(query, Prisma.sql`(${wordConditions(query.words)}) IS TRUE`),
    );
  switch (plan) {
    case "heads":
      return query.sort === "ASSIGNEE"
        ? assignedFirst(query, after, limit)
        : overdueFirst(query, after, limit, bucketHeads);
    case "walk":
      return overdueFirst(query, after, limit, orderedWalk);
    case "matches":
      return allMatches(query, after);
    case "names":
      return nameMatches(query, after, limit);
  }
}

/** The list of one site after that of another, each by arrival. */
function siteAfterSite(
  query: WorklistQuery,
  sample: WorklistSample | null,
  after: WorklistKey | null,
  limit: number,
): Prisma.Sql {
  const lists = query.siteIds.flatMap((siteId, place) => {
    if (after !== null && place < after[0]) return [];
    const own: WorklistQuery = {
      ...query,
      siteIds: [siteId],
      sort: "ARRIVED_OLDEST",
    };
    const from = after !== null && place === after[0] ? after : null;
    const source = sourceOf(own, sample, from, limit);
    return [
      Prisma.sql`SELECT * FROM (
        SELECT w."id", w."value", ${place}::int AS "rank" FROM (${source}) w
        ORDER BY w."value", w."id" LIMIT ${limit}) w`,
    ];
  });
  return lists.length > 0 ? Prisma.join(lists, " UNION ALL ") : NO_ROWS;
}

/** After the last of the sites. */
const NO_ROWS = Prisma.sql`SELECT NULL::uuid AS "id",
  NULL::timestamptz AS "value", 0 AS "rank" WHERE FALSE`;

function planOf(
  query: WorklistQuery,
  sample: WorklistSample | null,
  after: WorklistKey | null,
  limit: number,
  isOrdered: boolean,
): WorklistPlan {
  // A reader holds a handful of claims, an upload has so many films, few
  // patients stay unknown, few films are asked for again, few cases wait for a
  // second reader or for a signature, few critical results stay open: all of
  // them are soon found. So is what one person has, where no index holds it in
  // this order.
  if (
    query.isPreliminary ||
    query.hasOpenCritical ||
    (isNarrow(query) && !hasNarrowList(query)) ||
    query.claimedById !== null ||
    query.caseIds !== null ||
    query.awaitsRetake === true ||
    query.secondReadsOf !== null ||
    query.identityUnresolved
  )
    return "matches";
  return planWorklist({
    buckets: query.buckets.length * query.siteIds.length,
    lists: walkedLists(query).length * query.siteIds.length,
    isEveryBucket: query.buckets.length === BUCKET_COUNT,
    isNarrow: isNarrow(query),
    // After the first match the others follow closely.
    isClumped: query.sort === "PATIENT" && after === null,
    isByName: query.sort === "PATIENT" && query.words.length > 0,
    hasWholeList: hasWholeList(query.sort),
    isOrdered,
    sample,
    limit,
  });
}

/** Whether it is one person's or one pool's cases that are asked for. */
function isNarrow({ assigneeId, poolId, readById }: WorklistQuery): boolean {
  return assigneeId !== null || poolId !== null || readById !== null;
}

/** Whether an index holds that person's or pool's cases in the order. */
function hasNarrowList(query: WorklistQuery): boolean {
  const { assigneeId, poolId, readById, sort } = query;
  return (
    (poolId !== null && sort === "URGENCY") ||
    (assigneeId !== null && hasAssignedList(sort)) ||
    (readById !== null && hasReadersList(sort))
  );
}

/**
 * By urgency, what waits past the ceiling of its class stands above all else,
 * whatever its class. It is the beginning of the waiting cases of each class,
 * so one more descent of an index finds it.
 */
function overdueFirst(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
  along: typeof bucketHeads,
): Prisma.Sql {
  if (query.sort !== "URGENCY") return along(query, after, limit);
  const whole = wholeOf(query);
  // Without what is overdue few unread cases are left: a walk along a list
  // that is mostly signed would pass all of it.
  const hasSigned = query.buckets.some(({ code }) => code >= OPEN_BELOW);
  const timely = hasSigned ? along : bucketHeads;
  const rest = timely(query, after, limit, { ...whole, part: "timely" });
  const waiting = query.buckets.filter(({ code }) => code < WAITING_BELOW);
  const isPast = after !== null && after[0] >= TIMELY_FROM;
  if (isPast || waiting.length === 0) return rest;
  const overdue = along({ ...query, buckets: waiting }, after, limit, {
    ...whole,
    part: "overdue",
  });
  return Prisma.sql`
    SELECT w."id", w."value", w."rank" FROM (${overdue}) w
    UNION ALL SELECT w."id", w."value", w."rank" FROM (${rest}) w`;
}

/**
 * By assignee, what is nobody's stands below all names. Those rows have no
 * order but their ids', which is that of arrival: with times of arrival or a
 * rare word many are passed. They are looked at where names leave room. What
 * waits for a pool has an assigned bucket and no name.
 */
function assignedFirst(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
): Prisma.Sql {
  const heads = (isAssigned: boolean): Prisma.Sql =>
    bucketHeads(
      {
        ...query,
        buckets: query.buckets.filter((item) => item.isAssigned === isAssigned),
      },
      after,
      limit,
    );
  return Prisma.sql`
    WITH "assigned" AS MATERIALIZED (${heads(true)})
    SELECT w."id", w."value", w."rank" FROM "assigned" w
    UNION ALL SELECT w."id", w."value", w."rank" FROM (${heads(false)}) w
    WHERE (SELECT count(*) FROM "assigned" a
      WHERE a."value" < ${LAST_TEXT}) < ${limit}`;
}

/** Up to `limit` rows of each waiting bucket that are past their ceiling. */
export function overdueRows(query: WorklistQuery, limit: number): Prisma.Sql {
  const whole = wholeOf(query);
  return bucketHeads(query, null, limit, { ...whole, part: "overdue" });
}

/** The sites, each with the times up to which arrivals are overdue. */
function siteList({ siteIds, overdue }: WorklistQuery): Prisma.Sql {
  const untilOf = (rank: number): string[] =>
    siteIds.map((id) => overdue.get(id)?.[rank]?.toISOString() ?? "-infinity");
  const [critical, urgent, soon, routine] = URGENCIES.map((_, rank) =>
    untilOf(rank),
  );
  return Prisma.sql`(
    SELECT u."id", ARRAY[u."c", u."u", u."s", u."r"] AS "overdueUntil"
    FROM unnest(${[...siteIds]}::uuid[], ${critical}::timestamptz[],
      ${urgent}::timestamptz[], ${soon}::timestamptz[],
      ${routine}::timestamptz[]) u("id", "c", "u", "s", "r")) s`;
}

/** Up to when what waits in a bucket is overdue; nothing else ever is. */
function overdueUntil(code: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${code} < ${WAITING_BELOW}
    THEN s."overdueUntil"[b."rank" - ${TIMELY_FROM} + 1]
    ELSE '-infinity' END`;
}

/** Rows of the part of the order by urgency that a walk goes along. */
function withinPart(part: Part["part"]): Prisma.Sql {
  switch (part) {
    case "whole":
      return Prisma.sql`TRUE`;
    case "overdue":
      return IS_OVERDUE;
    case "timely":
      return Prisma.sql`c."arrivedAt" > ${overdueUntil(Prisma.sql`c."worklistBucket"`)}`;
  }
}

const IS_OVERDUE = Prisma.sql`c."arrivedAt" <= s."overdueUntil"[b."rank" + 1]`;

const AFTER_KEY = Prisma.sql`b."afterValue", b."afterId"`;

/** What a bucket's rows come after: its key, and what is overdue of it. */
function afterOverdue(): Prisma.Sql {
  const until = overdueUntil(Prisma.sql`b."code"`);
  return Prisma.sql`greatest(b."afterValue", ${until}),
    CASE WHEN b."afterValue" > ${until} THEN b."afterId"
      ELSE ${LAST_ID}::uuid END`;
}

function baseOf({ part }: Part): number {
  return part === "timely" ? TIMELY_FROM : 0;
}

/**
 * Which rows of its lists a source takes. A second bound at the end where a
 * list starts is kept out of the indexes' conditions: PostgreSQL would start
 * at that one, however far before the key it lies, and read all in between.
 */
interface Part {
  where: Prisma.Sql;
  /** Where the lists start: at the first row that can match. */
  start: Start;
  /** By urgency: what waits too long, or everything else. */
  part: "whole" | "overdue" | "timely";
}

function wholeOf(query: WorklistQuery): Part {
  const { sort, arrivedAfter, arrivedBefore } = query;
  const arrivals = arrivalsOf(sort);
  if (arrivals === "oldest" && arrivedAfter !== null)
    return {
      where: Prisma.sql`${conditions({ ...query, arrivedAfter: null })}
        AND (c."arrivedAt" >= ${arrivedAfter}) IS TRUE`,
      start: startAt(arrivedAfter),
      part: "whole",
    };
  if (arrivals === "newest" && arrivedBefore !== null)
    return {
      where: Prisma.sql`${conditions({ ...query, arrivedBefore: null })}
        AND (c."arrivedAt" < ${arrivedBefore}) IS TRUE`,
      start: startAt(arrivedBefore),
      part: "whole",
    };
  return { where: conditions(query), start: startOf(sort), part: "whole" };
}

/** The buckets, each with the key its rows must come after. */
function bucketList(
  { sort, buckets }: WorklistQuery,
  after: WorklistKey | null,
  start: Start,
  base = 0,
): Prisma.Sql {
  const front = frontOf(sort, buckets, after, start, base);
  const { codes, ranks, values, ids } = front;
  return Prisma.sql`unnest(${codes}::int[], ${ranks}::int[], ${values},
    ${ids}::uuid[]) b("code", "rank", "afterValue", "afterId")`;
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
function orderedWalk(
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
    buckets.length === BUCKET_COUNT
      ? Prisma.sql`TRUE`
      : Prisma.sql`c."worklistBucket" = ANY (${buckets.map(({ code }) => code)}::int[])`;
  // As it stands in the partial index "Case_waiting".
  const isWaiting =
    part === "overdue" ? Prisma.sql`c."state" = 'WAITING'` : Prisma.sql`TRUE`;
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
        Prisma.sql`c."siteId" = s."id" AND ${isWaiting} AND ${inList} AND ${within}
        AND ${withinPart(part)}`,
        where,
        limit,
        { more: Prisma.sql`, c."worklistBucket"` },
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
  { after = AFTER_KEY, more = Prisma.empty },
): Prisma.Sql {
  const { column, comparison, direction } = keyOf(sort);
  return Prisma.sql`SELECT c."id", c.${column} AS "value" ${more}
    FROM "Case" c
    WHERE ${place} AND ${where}
      AND (c.${column}, c."id") ${comparison} (${after})
    ORDER BY c.${column} ${direction}, c."id" ${direction}
    LIMIT ${limit}`;
}

/**
 * All rows with the words, the claim or the time, by their own index; OFFSET keeps the
 * planner from taking the order's index for the better one.
 */
function allMatches(
  query: WorklistQuery,
  after: WorklistKey | null,
  where = conditions(query),
): Prisma.Sql {
  if (query.sort === "URGENCY") return matchesByUrgency(query, after, where);
  const start = startOf(query.sort);
  const { column, comparison } = keyOf(query.sort);
  // One person's cases are found by bucket as well; for words that would only
  // lead away from their index.
  const codes = query.buckets.map(({ code }) => code);
  const within = isNarrow(query)
    ? Prisma.sql`c."worklistBucket" = ANY (${codes}::int[])`
    : Prisma.sql`TRUE`;
  return Prisma.sql`
    SELECT c."id", c.${column} AS "value", b."rank"
    FROM (
      SELECT c."id", c.${column}, c."worklistBucket" FROM "Case" c
      WHERE c."siteId" = ANY (${[...query.siteIds]}::uuid[])
        AND ${within} AND ${where} OFFSET 0) c
    JOIN ${bucketList(query, after, start)} ON b."code" = c."worklistBucket"
    WHERE (c.${column}, c."id") ${comparison} (b."afterValue", b."afterId")`;
}

/** The same by urgency: each row's place is worked out, then compared. */
function matchesByUrgency(
  query: WorklistQuery,
  after: WorklistKey | null,
  where: Prisma.Sql,
): Prisma.Sql {
  const codes = query.buckets.map(({ code }) => code);
  const rank = Prisma.sql`(c."worklistBucket" / 8) % 4`;
  const isAfter =
    after === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`(w."rank", w."value", w."id") >
          (${after[0]}::int, ${after[1]}::timestamptz, ${after[2]}::uuid)`;
  return Prisma.sql`
    SELECT w.* FROM (
      SELECT c."id", c."arrivedAt" AS "value", ${rank} + CASE
        WHEN c."worklistBucket" < ${WAITING_BELOW}
          AND c."arrivedAt" <= s."overdueUntil"[${rank} + 1]
        THEN 0 ELSE ${TIMELY_FROM} END AS "rank"
      FROM (
        SELECT c."id", c."siteId", c."arrivedAt", c."worklistBucket"
        FROM "Case" c
        WHERE c."siteId" = ANY (${[...query.siteIds]}::uuid[])
          AND ${where} OFFSET 0) c
      JOIN ${siteList(query)} ON s."id" = c."siteId"
      WHERE c."worklistBucket" = ANY (${codes}::int[])) w
    WHERE ${isAfter}`;
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
    part: "whole",
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
