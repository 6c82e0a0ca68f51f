import { Prisma } from "@lung-iris/prisma";
import type { DatabaseClient } from "@lung-iris/prisma";
import { BUCKET_COUNT, URGENCIES } from "./worklist.buckets.ts";
import type { Bucket } from "./worklist.buckets.ts";
import { frontOf, keyOf, orderOf } from "./worklist.order.ts";
import type { WorklistKey, WorklistSort } from "./worklist.order.ts";
import { planWorklist } from "./worklist.plan.ts";
import type { WorklistPlan, WorklistSample } from "./worklist.plan.ts";

/** A page's conditions after scope and filter are resolved. */
export interface WorklistQuery {
  siteIds: readonly string[];
  buckets: readonly Bucket[];
  sort: WorklistSort;
  assigneeId: string | null;
  claimedById: string | null;
  arrivedAfter: Date | null;
  arrivedBefore: Date | null;
  /** Folded words that all must occur. */
  words: readonly string[];
}

export interface WorklistHit {
  id: string;
  key: WorklistKey;
}

/** Rows looked at to learn how common the words of a search are. */
const SAMPLE_ROWS = 4_000;

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
  return client.$queryRaw<WorklistHit[]>`
    /* worklist page */ SELECT w."id"::text AS "id", jsonb_build_array(
      (${[...URGENCIES]}::text[])[w."rank" + 1], ${text}, w."id") AS "key"
    FROM (SELECT * FROM (${source}) w
      ORDER BY ${orderOf(query.sort)} LIMIT ${limit}) w
    ORDER BY ${orderOf(query.sort)}`;
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
  const rows = await client.$queryRaw<{ count: number }[]>`
    /* worklist count */ SELECT count(*)::int AS "count"
    FROM (SELECT 1 FROM (${sourceOf(anyOrder, sample, null, cap, false)}) w
      LIMIT ${cap}) counted`;
  return rows[0]?.count ?? 0;
}

/** The earliest arrival in the buckets, or null where they are empty. */
export async function earliestArrival(
  client: DatabaseClient,
  query: WorklistQuery,
): Promise<Date | null> {
  if (isEmpty(query)) return null;
  const rows = await client.$queryRaw<{ arrivedAt: Date | null }[]>`
    /* worklist longest wait */ SELECT min(w."value") AS "arrivedAt"
    FROM (${bucketHeads(query, null, 1)}) w`;
  return rows[0]?.arrivedAt ?? null;
}

/**
 * How common a search's words are, among the newest and the oldest cases:
 * names that came up lately would make a walk from the oldest end long.
 * Null where nothing is searched for.
 */
export async function sampleWorklist(
  client: DatabaseClient,
  query: WorklistQuery,
): Promise<WorklistSample | null> {
  if (isEmpty(query) || query.words.length === 0) return null;
  const { siteIds, words, buckets } = query;
  const sampled = Math.ceil(SAMPLE_ROWS / 2 / siteIds.length);
  const codes = buckets.map(({ code }) => code);
  const end = (direction: Prisma.Sql) => Prisma.sql`
    SELECT count(*) AS "rows",
      count(*) FILTER (WHERE ${wordConditions(words)}) AS "words",
      count(*) FILTER (WHERE c."worklistBucket" = ANY (${codes}::int[]))
        AS "buckets"
    FROM unnest(${[...siteIds]}::uuid[]) s("id") CROSS JOIN LATERAL (
      SELECT "searchText", "worklistBucket" FROM "Case"
      WHERE "siteId" = s."id" AND "searchText" <> ''
      ORDER BY "arrivedAt" ${direction}, "id" ${direction}
      LIMIT ${sampled}) c`;
  const rows = await client.$queryRaw<WorklistSample[]>`
    /* worklist sample */ SELECT
      (SELECT greatest(reltuples, 1)::float8 FROM pg_class
        WHERE oid = '"Case"'::regclass) AS "rows",
      min(greatest(e."words", 0.5) / greatest(e."rows", 1))::float8
        AS "leastWords",
      max(greatest(e."words", 0.5) / greatest(e."rows", 1))::float8
        AS "mostWords",
      (greatest(sum(e."buckets"), 1) / greatest(sum(e."rows"), 1))::float8
        AS "inBuckets"
    FROM (${end(Prisma.sql`ASC`)} UNION ALL ${end(Prisma.sql`DESC`)}) e`;
  return rows[0] ?? null;
}

function isEmpty({ siteIds, buckets }: WorklistQuery): boolean {
  return siteIds.length === 0 || buckets.length === 0;
}

function sourceOf(
  query: WorklistQuery,
  sample: WorklistSample | null,
  after: WorklistKey | null,
  limit: number,
  isOrdered = true,
): Prisma.Sql {
  switch (planOf(query, sample, limit, isOrdered)) {
    case "heads":
      return bucketHeads(query, after, limit);
    case "walk":
      return orderedWalk(query, after, limit);
    case "matches":
      return allMatches(query, after);
  }
}

function planOf(
  query: WorklistQuery,
  sample: WorklistSample | null,
  limit: number,
  isOrdered: boolean,
): WorklistPlan {
  // A reader holds a handful of claims: all of them are soon found.
  if (query.claimedById !== null) return "matches";
  return planWorklist({
    buckets: query.buckets.length * query.siteIds.length,
    isEveryBucket: query.buckets.length === BUCKET_COUNT,
    isNarrow: query.assigneeId !== null,
    isClumped: query.sort === "PATIENT",
    // Case_search_patient and Case_search_arrived; not by time of arrival
    // and name at once, which no index holds together.
    isCovered:
      query.sort === "ARRIVED_NEWEST" ||
      query.sort === "ARRIVED_OLDEST" ||
      (query.sort === "PATIENT" &&
        query.arrivedAfter === null &&
        query.arrivedBefore === null),
    isOrdered,
    sample,
    limit,
  });
}

function siteList({ siteIds }: WorklistQuery): Prisma.Sql {
  return Prisma.sql`unnest(${[...siteIds]}::uuid[]) s("id")`;
}

/** The buckets, each with the key its rows must come after. */
function bucketList(
  { sort, buckets }: WorklistQuery,
  after: WorklistKey | null,
): Prisma.Sql {
  const { codes, ranks, values, ids } = frontOf(sort, buckets, after);
  return Prisma.sql`unnest(${codes}::int[], ${ranks}::int[], ${values},
    ${ids}::uuid[]) b("code", "rank", "afterValue", "afterId")`;
}

/** The first rows of every bucket, each by one descent of one index. */
function bucketHeads(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
): Prisma.Sql {
  return Prisma.sql`
    SELECT w.*, b."rank" FROM ${siteList(query)}
    CROSS JOIN ${bucketList(query, after)} CROSS JOIN LATERAL (
      ${firstRows(
        query,
        Prisma.sql`c."siteId" = s."id"
        AND c."worklistBucket" = b."code"`,
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
): Prisma.Sql {
  const { sort, buckets } = query;
  const byRank = new Map(buckets.map((item) => [item.urgencyRank, item]));
  const lists = sort === "URGENCY" ? [...byRank.values()] : buckets.slice(0, 1);
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
    CROSS JOIN ${bucketList({ ...query, buckets: lists }, after)}
    CROSS JOIN LATERAL (
      ${firstRows(
        query,
        Prisma.sql`c."siteId" = s."id" AND ${inList}
        AND ${within}`,
        limit,
        Prisma.sql`, c."worklistBucket"`,
      )}) w`;
}

function firstRows(
  query: WorklistQuery,
  place: Prisma.Sql,
  limit: number,
  more = Prisma.empty,
): Prisma.Sql {
  const { column, comparison, direction } = keyOf(query.sort);
  return Prisma.sql`SELECT c."id", c.${column} AS "value" ${more}
    FROM "Case" c
    WHERE ${place} AND ${conditions(query)}
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
): Prisma.Sql {
  const { column, comparison } = keyOf(query.sort);
  return Prisma.sql`
    SELECT c."id", c.${column} AS "value", b."rank"
    FROM (
      SELECT c."id", c.${column}, c."worklistBucket" FROM "Case" c
      WHERE c."siteId" = ANY (${[...query.siteIds]}::uuid[])
        AND ${conditions(query)} OFFSET 0) c
    JOIN ${bucketList(query, after)} ON b."code" = c."worklistBucket"
    WHERE (c.${column}, c."id") ${comparison} (b."afterValue", b."afterId")`;
}

function conditions(query: WorklistQuery): Prisma.Sql {
  const { assigneeId, claimedById, arrivedAfter, arrivedBefore, words } = query;
  const all = [wordConditions(words)];
  if (assigneeId !== null)
    all.push(Prisma.sql`c."assigneeId" = ${assigneeId}::uuid`);
  if (claimedById !== null)
    all.push(Prisma.sql`c."claimedById" = ${claimedById}::uuid`);
  if (arrivedAfter !== null)
    all.push(Prisma.sql`c."arrivedAt" >= ${arrivedAfter}`);
  if (arrivedBefore !== null)
    all.push(Prisma.sql`c."arrivedAt" < ${arrivedBefore}`);
  return Prisma.join(all, " AND ");
}

function wordConditions(words: readonly string[]): Prisma.Sql {
  if (words.length === 0) return Prisma.sql`TRUE`;
  // `<> ''` lets the planner use the partial trigram index.
  return Prisma.sql`c."searchText" <> ''
    AND ${Prisma.join(words.map(wordCondition), " AND ")}`;
}

/**
 * A word of three letters or more may stand anywhere, a shorter one at the
 * start of a word: that is what a trigram index can find.
 */
function wordCondition(word: string): Prisma.Sql {
  const literal = word.replace(/[\\%_]/g, "\\$&");
  return word.length >= 3
    ? Prisma.sql`c."searchText" LIKE ${`%${literal}%`}`
    : Prisma.sql`(c."searchText" LIKE ${`${literal}%`}
        OR c."searchText" LIKE ${`% ${literal}%`})`;
}
