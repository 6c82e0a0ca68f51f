import { Prisma } from "@lung-iris/prisma";
import type { DatabaseClient } from "@lung-iris/prisma";
import type { Bucket } from "./worklist.buckets.ts";
import { frontOf, keyOf, orderOf } from "./worklist.order.ts";
import type { WorklistKey, WorklistSort } from "./worklist.order.ts";

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

/** Rows looked at to find how common the words of a search are. */
const SAMPLE_ROWS = 4_000;
/**
 * From this share on it is quicker to walk the worklist in order and skip
 * what does not match than to fetch and sort all matches (measured with a
 * million cases: the two cost the same at about one in twenty-five).
 */
const COMMON_SHARE = 0.04;

/** Ids and sort keys of up to `limit` cases after `after`, in order. */
export async function findWorklist(
  client: DatabaseClient,
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
): Promise<WorklistHit[]> {
  if (query.siteIds.length === 0 || query.buckets.length === 0) return [];
  const source = (await isFewRows(client, query))
    ? fewRows(query, after)
    : bucketHeads(query, after, limit);
  return client.$queryRaw<WorklistHit[]>`
    /* worklist page */ SELECT w."id"::text AS "id", w."key"
    FROM (${source}) w
    ORDER BY ${orderOf(query.sort, Prisma.sql`w`)} LIMIT ${limit}`;
}

/** How many match, counted up to `cap` and no further. */
export async function countWorklist(
  client: DatabaseClient,
  query: WorklistQuery,
  cap: number,
): Promise<number> {
  if (query.siteIds.length === 0 || query.buckets.length === 0) return 0;
  const source = (await isFewRows(client, query))
    ? fewRows(query, null)
    : Prisma.sql`SELECT 1 FROM ${siteList(query)}
      CROSS JOIN ${bucketList(query, null)} CROSS JOIN LATERAL (
        SELECT 1 FROM "Case" c
        WHERE ${inBucket} AND ${conditions(query)} LIMIT ${cap}) w`;
  const rows = await client.$queryRaw<{ count: number }[]>`
    /* worklist count */ SELECT count(*)::int AS "count"
    FROM (SELECT 1 FROM (${source}) w LIMIT ${cap}) counted`;
  return rows[0]?.count ?? 0;
}

/** The earliest arrival in the buckets, or null where they are empty. */
export async function earliestArrival(
  client: DatabaseClient,
  siteIds: readonly string[],
  buckets: readonly Bucket[],
): Promise<Date | null> {
  if (siteIds.length === 0 || buckets.length === 0) return null;
  const codes = buckets.map(({ code }) => code);
  const rows = await client.$queryRaw<{ arrivedAt: Date | null }[]>`
    /* worklist longest wait */ SELECT min(w."arrivedAt") AS "arrivedAt"
    FROM unnest(${[...siteIds]}::uuid[]) s("id")
    CROSS JOIN unnest(${codes}::int[]) b("code")
    CROSS JOIN LATERAL (
      SELECT c."arrivedAt" FROM "Case" c WHERE ${inBucket}
      ORDER BY c."arrivedAt", c."id" LIMIT 1) w`;
  return rows[0]?.arrivedAt ?? null;
}

const bucketOfCase = Prisma.sql`worklist_bucket(c."state", c."assessment",
  c."urgency", c."decidedLabel", c."probability", c."threshold",
  c."assigneeId")`;

const inBucket = Prisma.sql`c."siteId" = s."id" AND ${bucketOfCase} = b."code"`;

function siteList({ siteIds }: WorklistQuery): Prisma.Sql {
  return Prisma.sql`unnest(${[...siteIds]}::uuid[]) s("id")`;
}

/** The buckets, each with the key its rows must come after. */
function bucketList(
  { sort, buckets }: WorklistQuery,
  after: WorklistKey | null,
): Prisma.Sql {
  const { codes, values, ids } = frontOf(sort, buckets, after);
  return Prisma.sql`unnest(${codes}::int[], ${values}, ${ids}::uuid[])
    b("code", "afterValue", "afterId")`;
}

/** The first rows of every bucket, each by one descent of one index. */
function bucketHeads(
  query: WorklistQuery,
  after: WorklistKey | null,
  limit: number,
): Prisma.Sql {
  const { column, comparison, direction } = keyOf(query.sort);
  return Prisma.sql`
    SELECT w.* FROM ${siteList(query)}
    CROSS JOIN ${bucketList(query, after)} CROSS JOIN LATERAL (
      SELECT c."id", ${keyColumns(query.sort)}
      FROM "Case" c
      WHERE ${inBucket} AND ${conditions(query)}
        AND (${column}, c."id") ${comparison} (b."afterValue", b."afterId")
      ORDER BY ${column} ${direction}, c."id" ${direction}
      LIMIT ${limit}) w`;
}

/**
 * All matches of a filter that few rows pass, found by its own index; the
 * planner must not mistake the order's index for the better one.
 */
function fewRows(query: WorklistQuery, after: WorklistKey | null): Prisma.Sql {
  const { column, comparison } = keyOf(query.sort);
  return Prisma.sql`
    SELECT c."id", ${keyColumns(query.sort)}
    FROM (
      SELECT * FROM "Case" c
      WHERE c."siteId" = ANY (${[...query.siteIds]}::uuid[])
        AND ${conditions(query)} OFFSET 0) c
    JOIN ${bucketList(query, after)} ON b."code" = ${bucketOfCase}
    WHERE (${column}, c."id") ${comparison} (b."afterValue", b."afterId")`;
}

function keyColumns(sort: WorklistSort): Prisma.Sql {
  const { column, text } = keyOf(sort);
  return Prisma.sql`c."urgency" AS "urgency", ${column} AS "value",
    jsonb_build_array(c."urgency", ${text}, c."id") AS "key"`;
}

function conditions(query: WorklistQuery): Prisma.Sql {
  const { assigneeId, claimedById, arrivedAfter, arrivedBefore, words } = query;
  const all = [Prisma.sql`TRUE`];
  if (assigneeId !== null)
    all.push(Prisma.sql`c."assigneeId" = ${assigneeId}::uuid`);
  if (claimedById !== null)
    all.push(Prisma.sql`c."claimedById" = ${claimedById}::uuid`);
  if (arrivedAfter !== null)
    all.push(Prisma.sql`c."arrivedAt" >= ${arrivedAfter}`);
  if (arrivedBefore !== null)
    all.push(Prisma.sql`c."arrivedAt" < ${arrivedBefore}`);
  for (const word of words) all.push(wordCondition(word));
  return Prisma.join(all, " AND ");
}

/**
 * A word of three letters or more may stand anywhere, a shorter one at the
 * start of a word: that is what a trigram index can find.
 */
function wordCondition(word: string): Prisma.Sql {
  const literal = word.replace(/[\\%_]/g, "\\$&");
  // `<> ''` lets the planner use the partial trigram index.
  return word.length >= 3
    ? Prisma.sql`c."searchText" <> '' AND c."searchText" LIKE ${`%${literal}%`}`
    : Prisma.sql`c."searchText" <> '' AND (c."searchText" LIKE ${`${literal}%`}
        OR c."searchText" LIKE ${`% ${literal}%`})`;
}

async function isFewRows(
  client: DatabaseClient,
  query: WorklistQuery,
): Promise<boolean> {
  if (query.claimedById !== null) return true;
  if (query.words.length === 0) return false;
  return (await shareOfMatches(client, query)) < COMMON_SHARE;
}

/**
 * Share of rows with the words, among the newest and the oldest: the smaller
 * one, because names that came up lately would make a walk from the oldest
 * end long.
 */
async function shareOfMatches(
  client: DatabaseClient,
  { siteIds, words }: WorklistQuery,
): Promise<number> {
  const matches = Prisma.join(words.map(wordCondition), " AND ");
  const sampleSize = Math.ceil(SAMPLE_ROWS / 2 / siteIds.length);
  const end = (direction: Prisma.Sql) => Prisma.sql`
    SELECT count(*) FILTER (WHERE ${matches})::float
      / greatest(count(*), 1) AS "share"
    FROM unnest(${[...siteIds]}::uuid[]) s("id") CROSS JOIN LATERAL (
      SELECT "searchText" FROM "Case" WHERE "siteId" = s."id"
      ORDER BY "arrivedAt" ${direction}, "id" ${direction}
      LIMIT ${sampleSize}) c`;
  const rows = await client.$queryRaw<{ share: number }[]>`
    /* worklist sample */ SELECT min(e."share") AS "share"
    FROM (${end(Prisma.sql`ASC`)} UNION ALL ${end(Prisma.sql`DESC`)}) e`;
  return rows[0]?.share ?? 0;
}
