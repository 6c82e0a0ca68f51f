import { Prisma } from "@lung-iris/prisma";
import type { AuditEvent, DatabaseClient } from "@lung-iris/prisma";
import { isUuid } from "../platform/ids.ts";
import { GENESIS_HASH } from "./chain.ts";
import type { ChainEvent } from "./chain.ts";
import { listsOfPatients } from "./listed-patients.ts";
import { MAX_SEQ } from "./seq-cursor.ts";
import { seqRange, type SeqRange } from "./seq-range.ts";

/** A search after scope and filter are resolved. */
export interface AuditQuery {
  /** Sites whose events are visible; events of no site always are. */
  siteIds: readonly string[];
  types: readonly string[];
  /** Null: anybody. */
  actorIds: readonly string[] | null;
  /** Null: any subject. */
  subjectId: string | null;
  /** Null: any patient, or none. */
  patientIds: readonly string[] | null;
  after: Date | null;
  before: Date | null;
}

/** What the index has in the place of "no site". */
const NO_SITE = "00000000-0000-0000-0000-000000000000";

/**
 * Newest events that are looked at one by one first. There are a range of the
 * index for every site, type and user that is asked for, tens of thousands for
 * a team, and a search that matches much finds its page in these few.
 */
const LOOKED_AT = 2_000n;

/**
 * Up to `limit` events with a number below `beforeSeq`, newest first. What the
 * newest events do not answer, heads of index ranges do, so that the cost does
 * not grow with the trail.
 */
export async function findEvents(
  client: DatabaseClient,
  query: AuditQuery,
  beforeSeq: bigint | null,
  limit: number,
): Promise<AuditEvent[]> {
  const range = await seqRange(client, query, beforeSeq);
  if (range === null) return [];
  const near = await findAmongNewest(client, query, range, limit);
  if (near.length === limit) return near;
  return client.$queryRaw<AuditEvent[]>`
    /* audit search */ SELECT e."seq", e."at", e."type", e."actorId",
      e."actorName", e."actorRole", e."siteId"::text AS "siteId",
      e."subjectType", e."subjectId", e."patientId"::text AS "patientId",
      e."content", e."previousHash", e."hash"
    FROM (
      SELECT w."seq" FROM (${heads(query, range, limit)}) w
      ORDER BY w."seq" DESC LIMIT ${limit}) k
    JOIN "AuditEvent" e ON e."seq" = k."seq"
    ORDER BY e."seq" DESC`;
}

/** What the newest few events of a range have; fewer than `limit` say nothing. */
async function findAmongNewest(
  client: DatabaseClient,
  query: AuditQuery,
  { from, to }: SeqRange,
  limit: number,
): Promise<AuditEvent[]> {
  // Of one subject or patient the ranges are few and the matches rare.
  if (query.subjectId !== null || query.patientIds !== null) return [];
  const least = to - LOOKED_AT;
  return alongTrail(
    client,
    query,
    { from: least > from ? least : from, to },
    limit,
  );
}

function heads(query: AuditQuery, range: SeqRange, limit: number): Prisma.Sql {
  const sites = [...query.siteIds, NO_SITE];
  const types = [...query.types];
  const within = Prisma.sql`e."seq" >= ${range.from} AND e."seq" < ${range.to}
    AND ${times(query)}`;
  const siteOf = Prisma.sql`coalesce(e."siteId", ${Prisma.raw(`'${NO_SITE}'`)}::uuid)`;
  const newest = Prisma.sql`ORDER BY e."seq" DESC LIMIT ${limit}`;
  const actors =
    query.actorIds === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`e."actorId" = ANY (${[...query.actorIds]}::text[])`;
  const other = Prisma.sql`${siteOf} = ANY (${sites}::uuid[])
    AND e."type" = ANY (${types}::text[]) AND ${actors}`;
  if (query.subjectId !== null) {
    const patients =
      query.patientIds === null
        ? Prisma.sql`TRUE`
        : Prisma.sql`e."patientId" = ANY (${[...query.patientIds]}::uuid[])`;
    return Prisma.sql`SELECT e."seq" FROM "AuditEvent" e
      WHERE e."subjectId" = ${query.subjectId} AND ${within} AND ${other}
        AND ${patients} ${newest}`;
  }
  if (query.patientIds !== null) {
    const patients = Prisma.sql`unnest(${[...query.patientIds]}::uuid[]) p("id")`;
    return Prisma.sql`SELECT w."seq" FROM ${patients} CROSS JOIN LATERAL (
        SELECT e."seq" FROM "AuditEvent" e
        WHERE e."patientId" = p."id" AND ${within} AND ${other} ${newest}) w
      ${listsOfPatients(query.types, patients, Prisma.sql`${within} AND ${other}`)}`;
  }
  const lists = Prisma.sql`unnest(${sites}::uuid[]) s("id")
    CROSS JOIN unnest(${types}::text[]) t("type")`;
  if (query.actorIds !== null) {
    return Prisma.sql`SELECT w."seq" FROM ${lists}
      CROSS JOIN unnest(${[...query.actorIds]}::text[]) a("id")
      CROSS JOIN LATERAL (
        SELECT e."seq" FROM "AuditEvent" e
        WHERE ${siteOf} = s."id" AND e."actorId" = a."id"
          AND e."type" = t."type" AND ${within} ${newest}) w`;
  }
  return Prisma.sql`SELECT w."seq" FROM ${lists} CROSS JOIN LATERAL (
      SELECT e."seq" FROM "AuditEvent" e
      WHERE ${siteOf} = s."id" AND e."type" = t."type" AND ${within}
      ${newest}) w`;
}

function times({ after, before }: AuditQuery): Prisma.Sql {
  const from =
    after === null ? Prisma.sql`TRUE` : Prisma.sql`e."at" >= ${after}`;
  const to =
    before === null ? Prisma.sql`TRUE` : Prisma.sql`e."at" < ${before}`;
  return Prisma.sql`${from} AND ${to}`;
}

/** Patients of the sites whose name or number has all the words. */
export async function findPatientIds(
  client: DatabaseClient,
  siteIds: readonly string[],
  words: readonly string[],
  limit: number,
): Promise<string[]> {
  const matches = words.map((word) => {
    const literal = word.replace(/[\\%_]/g, "\\$&");
    return Prisma.sql`fold_search(p."name" || ' ' || coalesce(p."mrn", '')) LIKE ${`%${literal}%`}`;
  });
  const rows = await client.$queryRaw<{ id: string }[]>`
    /* audit patients */ SELECT p."id"::text AS "id" FROM "Patient" p
    WHERE p."siteId" = ANY (${[...siteIds]}::uuid[])
      AND ${Prisma.join(matches, " AND ")} LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/**
 * The same as `findEvents` along the trail itself, skipping what does not
 * match: for searches that match much, every row is looked at once however
 * many pages follow.
 */
export async function scanEvents(
  client: DatabaseClient,
  query: AuditQuery,
  beforeSeq: bigint | null,
  limit: number,
): Promise<AuditEvent[]> {
  const range = await seqRange(client, query, beforeSeq);
  return range === null ? [] : alongTrail(client, query, range, limit);
}

function alongTrail(
  client: DatabaseClient,
  query: AuditQuery,
  { from, to }: SeqRange,
  limit: number,
): Promise<AuditEvent[]> {
  return client.auditEvent.findMany({
    where: {
      seq: { gte: from, lt: to },
      OR: [{ siteId: null }, { siteId: { in: [...query.siteIds] } }],
      type: { in: [...query.types] },
      ...(query.actorIds === null
        ? {}
        : { actorId: { in: [...query.actorIds] } }),
      at: {
        ...(query.after === null ? {} : { gte: query.after }),
        ...(query.before === null ? {} : { lt: query.before }),
      },
    },
    orderBy: { seq: "desc" },
    take: limit,
  });
}

/**
 * The history of cases: their own, their studies', films' and readings'
 * events. Refused tries are for whoever reads the trail.
 */
export async function findHistories(
  client: DatabaseClient,
  caseIds: readonly string[],
  page: {
    beforeSeq: bigint | null;
    limit: number;
    without: readonly string[];
    only: readonly string[] | null;
  },
): Promise<Map<string, AuditEvent[]>> {
  const { beforeSeq, limit, without, only } = page;
  const rows = await client.$queryRaw<(AuditEvent & { caseId: string })[]>`
    /* case history */ SELECT c."id"::text AS "caseId", w."seq", w."at",
      w."type", w."actorId", w."actorName", w."actorRole",
      w."siteId"::text AS "siteId", w."subjectType", w."subjectId",
      w."patientId"::text AS "patientId", w."content", w."previousHash",
      w."hash"
    FROM "Case" c CROSS JOIN LATERAL (
      SELECT e.* FROM "AuditEvent" e
      WHERE e."subjectId" IN (
          SELECT c."id"::text UNION ALL SELECT c."studyId"::text
          UNION ALL SELECT i."id"::text FROM "Image" i
            WHERE i."studyId" = c."studyId"
          UNION ALL SELECT p."id"::text FROM "Prediction" p
            JOIN "Image" i ON i."id" = p."imageId"
            WHERE i."studyId" = c."studyId" AND p."role" = 'LIVE'
          UNION ALL SELECT r."id"::text FROM "ReadingVersion" r
            WHERE r."caseId" = c."id")
        AND e."siteId" = c."siteId" AND e."seq" < ${beforeSeq ?? MAX_SEQ}
        AND e."type" <> ALL (${[...without]}::text[])
        AND (${only === null} OR e."type" = ANY (${[...(only ?? [])]}::text[]))
        AND e."subjectType" <> 'access'
      ORDER BY e."seq" DESC LIMIT ${limit}) w
    WHERE c."id" = ANY (${[...caseIds]}::uuid[])
    ORDER BY w."seq" DESC`;
  const histories = new Map<string, AuditEvent[]>(
    caseIds.map((id) => [id, []]),
  );
  for (const { caseId, ...event } of rows) histories.get(caseId)?.push(event);
  return histories;
}

/** The newest event of a type, whatever site; null when there is none. */
export function newestOfType(
  client: DatabaseClient,
  type: string,
): Promise<AuditEvent | null> {
  return client.auditEvent.findFirst({
    where: { type },
    orderBy: { seq: "desc" },
  });
}

/** Where the chain ends; where its row was removed, as of no event at all. */
export async function readHead(
  client: DatabaseClient,
): Promise<{ seq: bigint; hash: string }> {
  const head = await client.auditHead.findUnique({ where: { id: 1 } });
  return head ?? { seq: 0n, hash: GENESIS_HASH };
}

/** The hash of an event; null where there is no event with this number. */
export async function hashAt(
  client: DatabaseClient,
  seq: string,
): Promise<string | null> {
  const event = await client.auditEvent.findUnique({
    where: { seq: BigInt(seq) },
    select: { hash: true },
  });
  return event?.hash ?? null;
}

/** How far the trail goes, all seen at one moment. */
export interface TrailExtent {
  /** Null where its row was removed. */
  head: { seq: bigint; hash: string } | null;
  /** Lowest and highest number; null where there is no event. */
  first: bigint | null;
  last: bigint | null;
  /** Tables that have rows, none of which comes to be without an event. */
  rows: string[];
}

export async function readExtent(client: DatabaseClient): Promise<TrailExtent> {
  const [row] = await client.$queryRaw<
    {
      headSeq: bigint | null;
      headHash: string | null;
      first: bigint | null;
      last: bigint | null;
      rows: string[];
    }[]
  >`
    /* audit extent */ SELECT h."seq" AS "headSeq", h."hash" AS "headHash",
      (SELECT min("seq") FROM "AuditEvent") AS "first",
      (SELECT max("seq") FROM "AuditEvent") AS "last",
      array_remove(ARRAY[
        CASE WHEN EXISTS (SELECT 1 FROM "Site") THEN 'Site' END,
        CASE WHEN EXISTS (SELECT 1 FROM "User") THEN 'User' END,
        CASE WHEN EXISTS (SELECT 1 FROM "Patient") THEN 'Patient' END,
        CASE WHEN EXISTS (SELECT 1 FROM "Case") THEN 'Case' END,
        CASE WHEN EXISTS (SELECT 1 FROM "ModelVersion") THEN 'ModelVersion' END
      ], NULL) AS "rows"
    FROM (SELECT 1) one LEFT JOIN "AuditHead" h ON h."id" = 1`;
  const { headSeq, headHash, ...rest } = row ?? NO_EXTENT;
  return {
    ...rest,
    head:
      headSeq === null || headHash === null
        ? null
        : { seq: headSeq, hash: headHash },
  };
}

const NO_EXTENT = {
  headSeq: null,
  headHash: null,
  first: null,
  last: null,
  rows: [],
};

/**
 * A stretch of the chain in order, for verification and export. As one JSON
 * text, because fetching thousands of rows value by value takes five times
 * as long as hashing them.
 */
export async function readChain(
  client: DatabaseClient,
  afterSeq: bigint,
  throughSeq: bigint,
  limit: number,
): Promise<ChainEvent[]> {
  const rows = await client.$queryRaw<{ events: string | null }[]>`
    /* audit chain */ SELECT json_agg(e ORDER BY e."seq"::bigint)::text AS "events"
    FROM (
      SELECT a."seq"::text AS "seq",
        to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
          AS "at",
        "type", "actorId", "actorName", "actorRole", "siteId", "subjectType",
        "subjectId", "patientId", "content", "previousHash", "hash"
      FROM "AuditEvent" a
      WHERE a."seq" > ${afterSeq} AND a."seq" <= ${throughSeq}
      ORDER BY a."seq" LIMIT ${limit}) e`;
  // The SELECT above names exactly the fields of a ChainEvent.
  return JSON.parse(rows[0]?.events ?? "[]") as ChainEvent[];
}

/** What an event is about; only some kinds of things have a name to show. */
export interface Subject {
  type: string;
  id: string;
}

/** Names of users, sites, models and exports, as "user:<id>" → name. */
export async function findSubjectNames(
  client: DatabaseClient,
  visible: {
    users: Prisma.UserWhereInput;
    sites: Prisma.SiteWhereInput;
    datasets: Prisma.DatasetWhereInput;
  },
  subjects: readonly Subject[],
): Promise<Map<string, string>> {
  const idsOf = (type: string): string[] =>
    subjects
      .filter((subject) => subject.type === type && isUuid(subject.id))
      .map(({ id }) => id);
  const among = <Where>(scope: Where, ids: string[]) => ({
    where: { AND: [scope, { id: { in: ids } }] },
    select: { id: true, name: true },
  });
  const [users, sites, models, datasets] = await Promise.all([
    client.user.findMany(among(visible.users, idsOf("user"))),
    client.site.findMany(among(visible.sites, idsOf("site"))),
    client.modelVersion.findMany(among({}, idsOf("model"))),
    client.dataset.findMany(among(visible.datasets, idsOf("dataset"))),
  ]);
  const named = { user: users, site: sites, model: models, dataset: datasets };
  return new Map(
    Object.entries(named).flatMap(([type, rows]) =>
      rows.map(({ id, name }) => [`${type}:${id}`, name] as const),
    ),
  );
}
