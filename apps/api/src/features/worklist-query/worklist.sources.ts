import { Prisma } from "@lung-iris/prisma";
import type { StatementPlan } from "@lung-iris/prisma";
import {
  BUCKET_COUNT,
  OPEN_BELOW,
  WAITING_BELOW,
  WAITING_BUCKETS,
} from "./worklist.buckets.ts";
import {
  bucketHeads,
  bucketList,
  orderedWalk,
  siteList,
  walkedLists,
  wholeOf,
} from "./worklist.lists.ts";
import {
  arrivalsOf,
  hasAssignedList,
  hasReadersList,
  hasWholeList,
  isByPatient,
  isBySite,
  keyOf,
  LAST_TEXT,
  SIGNED_FROM,
  startAtName,
  startOf,
  TIMELY_FROM,
} from "./worklist.order.ts";
import type { WorklistKey } from "./worklist.order.ts";
import { inTurn, limitOf, NO_ROWS } from "./worklist.parts.ts";
import type { Part } from "./worklist.parts.ts";
import { planWorklist } from "./worklist.plan.ts";
import type { WorklistPlan, WorklistSample } from "./worklist.plan.ts";
import {
  conditions,
  hasFirstElsewhere,
  hasTraits,
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
  if (isBySite(query.sort)) return siteAfterSite(query, sample, after, limit);
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
        : partAfterPart(query, after, limit, bucketHeads);
    case "walk":
      return partAfterPart(query, after, limit, orderedWalk);
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
  const isReversed = query.sort === "SITE_REVERSED";
  const sort = isReversed ? "ARRIVED_NEWEST" : "ARRIVED_OLDEST";
  const { direction } = keyOf(sort);
  const sites = isReversed ? query.siteIds.toReversed() : query.siteIds;
  const lists = sites.flatMap((siteId, place) => {
    if (after !== null && place < after[0]) return [];
    const own: WorklistQuery = { ...query, siteIds: [siteId], sort };
    const from = after !== null && place === after[0] ? after : null;
    const source = sourceOf(own, sample, from, limit);
    return [
      Prisma.sql`SELECT * FROM (
        SELECT w."id", w."value", ${place}::int AS "rank" FROM (${source}) w
        ORDER BY w."value" ${direction}, w."id" ${direction}
        LIMIT ${limitOf(limit)}) w`,
    ];
  });
  return lists.length > 0 ? Prisma.join(lists, " UNION ALL ") : NO_ROWS;
}

/**
 * Whether one plan of PostgreSQL does for any values: a walk and the heads of
 * buckets by arrival leave it no choice. Films, ages and times have indexes of
 * their own, which it may take where the values are rare.
 */
export function statementPlanOf(
  query: WorklistQuery,
  sample: WorklistSample | null,
  after: WorklistKey | null,
  limit: number,
  isOrdered = true,
): StatementPlan {
  const otherwise = query.words.length === 0 ? "weighed" : "anew";
  const { sort, arrivedAfter, arrivedBefore } = query;
  if (isBySite(sort) || arrivalsOf(sort) === null) return otherwise;
  if (hasTraits(query) || arrivedAfter !== null || arrivedBefore !== null)
    return otherwise;
  const plan = planOf(query, sample, after, limit, isOrdered);
  return plan === "walk" || plan === "heads" ? "kept" : otherwise;
}

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
    isClumped: isByPatient(query.sort) && after === null,
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
 * whatever its class, and what is signed below all that is open. What is
 * overdue is the beginning of the waiting cases of each class, so one more
 * descent of an index finds it. Open cases are few beside the signed ones, so
 * the heads of their buckets find them; only signed ones are walked along.
 */
function partAfterPart(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
  along: typeof bucketHeads,
): Prisma.Sql {
  if (query.sort !== "URGENCY") return along(query, after, limit);
  const whole = wholeOf(query);
  const reached = after === null ? 0 : after[0];
  const within = (from: number, below: number): WorklistQuery => ({
    ...query,
    buckets: query.buckets.filter(({ code }) => code >= from && code < below),
  });
  const waiting = within(0, WAITING_BELOW);
  const open = within(0, OPEN_BELOW);
  const signed = within(OPEN_BELOW, Infinity);
  const parts: Prisma.Sql[] = [];
  if (reached < TIMELY_FROM && waiting.buckets.length > 0) {
    // Where all that waits is asked for, few lists hold it, and nothing else.
    const isAllWaiting =
      waiting.buckets.length === WAITING_BUCKETS && !isNarrow(query);
    const source = isAllWaiting ? orderedWalk : along;
    parts.push(source(waiting, after, limit, { ...whole, part: "overdue" }));
  }
  if (reached < SIGNED_FROM && open.buckets.length > 0)
    parts.push(bucketHeads(open, after, limit, { ...whole, part: "timely" }));
  if (signed.buckets.length > 0)
    parts.push(along(signed, after, limit, { ...whole, part: "signed" }));
  return inTurn(parts, limit);
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
        WHEN c."worklistBucket" >= ${OPEN_BELOW} THEN ${SIGNED_FROM}
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
