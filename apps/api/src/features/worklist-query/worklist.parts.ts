import { Prisma } from "@lung-iris/prisma";
import {
  BUCKET_COUNT,
  SIGNED_BUCKETS,
  WAITING_BELOW,
  WAITING_BUCKETS,
} from "./worklist.buckets.ts";
import { LAST_ID, SIGNED_FROM, TIMELY_FROM } from "./worklist.order.ts";
import type { Start } from "./worklist.order.ts";

/**
 * Which rows of its lists a source takes. A second bound at the end where a
 * list starts is kept out of the indexes' conditions: PostgreSQL would start
 * at that one, however far before the key it lies, and read all in between.
 */
export interface Part {
  where: Prisma.Sql;
  /** Where the lists start: at the first row that can match. */
  start: Start;
  /** By urgency: what waits too long, what else is open, or what is signed. */
  part: "whole" | "overdue" | "timely" | "signed";
}

/** Up to when what waits in a bucket is overdue; nothing else ever is. */
export function overdueUntil(code: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${code} < ${WAITING_BELOW}
    THEN s."overdueUntil"[b."rank" - ${TIMELY_FROM} + 1]
    ELSE '-infinity' END`;
}

/** Rows of the part of the order by urgency that a walk goes along. */
export function withinPart(part: Part["part"]): Prisma.Sql {
  switch (part) {
    case "whole":
    case "signed":
      return Prisma.sql`TRUE`;
    case "overdue":
      return IS_OVERDUE;
    case "timely":
      return Prisma.sql`c."arrivedAt" > ${overdueUntil(Prisma.sql`c."worklistBucket"`)}`;
  }
}

export const IS_OVERDUE = Prisma.sql`c."arrivedAt" <= s."overdueUntil"[b."rank" + 1]`;

export const AFTER_KEY = Prisma.sql`b."afterValue", b."afterId"`;

/** What a bucket's rows come after: its key, and what is overdue of it. */
export function afterOverdue(): Prisma.Sql {
  const until = overdueUntil(Prisma.sql`b."code"`);
  return Prisma.sql`greatest(b."afterValue", ${until}),
    CASE WHEN b."afterValue" > ${until} THEN b."afterId"
      ELSE ${LAST_ID}::uuid END`;
}

/** The place of the most urgent class of a part. */
export function baseOf({ part }: Part): number {
  switch (part) {
    case "whole":
    case "overdue":
      return 0;
    case "timely":
      return TIMELY_FROM;
    case "signed":
      return SIGNED_FROM;
  }
}

/** How many buckets a part has where nothing is left out of it. */
export function bucketsIn({ part }: Part): number {
  switch (part) {
    case "whole":
      return BUCKET_COUNT;
    case "overdue":
      return WAITING_BUCKETS;
    case "timely":
      return 2 * WAITING_BUCKETS;
    case "signed":
      return SIGNED_BUCKETS;
  }
}

/** A part's states, as they stand in the partial indexes of their lists. */
export function statesOf({ part }: Part): Prisma.Sql {
  switch (part) {
    case "whole":
    case "timely":
      return Prisma.sql`TRUE`;
    case "overdue":
      return Prisma.sql`c."state" = 'WAITING'`;
    case "signed":
      return Prisma.sql`c."state" = 'SIGNED'`;
  }
}

/** After the last site or part. */
export const NO_ROWS = Prisma.sql`SELECT NULL::uuid AS "id",
  NULL::timestamptz AS "value", 0 AS "rank" WHERE FALSE`;

/** Rows of several parts; each is looked at where those before leave room. */
export function inTurn(
  parts: readonly Prisma.Sql[],
  limit: number,
): Prisma.Sql {
  const [only = NO_ROWS] = parts;
  if (parts.length < 2) return only;
  const names = parts.map((_, index) => Prisma.raw(`"part${String(index)}"`));
  const heads = parts.map((part, index) => {
    const found = names
      .slice(0, index)
      .map((name) => Prisma.sql`(SELECT count(*) FROM ${name})`);
    const hasRoom =
      found.length === 0
        ? Prisma.sql`TRUE`
        : Prisma.sql`${Prisma.join(found, " + ")} < ${limitOf(limit)}`;
    return Prisma.sql`${names[index] ?? Prisma.empty} AS MATERIALIZED (
      SELECT w."id", w."value", w."rank" FROM (${part}) w WHERE ${hasRoom}
      ORDER BY w."rank", w."value", w."id" LIMIT ${limitOf(limit)})`;
  });
  const rows = names.map((name) => Prisma.sql`SELECT * FROM ${name}`);
  return Prisma.sql`
    WITH ${Prisma.join(heads, ", ")} ${Prisma.join(rows, " UNION ALL ")}`;
}

/** Pages of the desk, and what is counted; the rest are other clients'. */
const USUAL_LIMITS = [51, 1_001];

/** Stands in the text, so that a plan is made for it, where it is a usual one. */
export function limitOf(limit: number): Prisma.Sql {
  return USUAL_LIMITS.includes(limit)
    ? Prisma.raw(String(limit))
    : Prisma.sql`${limit}`;
}
