import type { DatabaseClient } from "@lung-iris/prisma";
import { Prisma } from "@lung-iris/prisma";

/**
 * The time in an event is taken just before the chain's lock, so numbers and
 * times can disagree by as long as a writer waits there or two machines'
 * clocks differ. Searches by time look this much further by number.
 */
const SLACK_SECONDS = 600;

/** Numbers of events. */
export interface SeqRange {
  from: bigint;
  /** Exclusive. */
  to: bigint;
}

/** Numbers between which the times asked for lie; null when none does. */
export async function seqRange(
  client: DatabaseClient,
  { after, before }: { after: Date | null; before: Date | null },
  beforeSeq: bigint | null,
): Promise<SeqRange | null> {
  const rows = await client.$queryRaw<
    { from: bigint | null; to: bigint | null; head: bigint | null }[]
  >`
    /* audit range */ SELECT
      ${after === null ? Prisma.sql`0::bigint` : firstAt(after, -SLACK_SECONDS)} AS "from",
      ${before === null ? Prisma.sql`NULL::bigint` : firstAt(before, SLACK_SECONDS)} AS "to",
      (SELECT max(e."seq") FROM "AuditEvent" e) AS "head"`;
  const from = rows[0]?.from ?? null;
  if (from === null) return null; // nothing happened since
  const ends = [rows[0]?.to ?? null, beforeSeq].filter((end) => end !== null);
  const next = (rows[0]?.head ?? 0n) + 1n;
  const to = ends.reduce((least, end) => (end < least ? end : least), next);
  return { from, to };
}

function firstAt(time: Date, shiftSeconds: number): Prisma.Sql {
  return Prisma.sql`(SELECT e."seq" FROM "AuditEvent" e
    WHERE e."at" >= ${time}::timestamptz + make_interval(secs => ${shiftSeconds}::float8)
    ORDER BY e."at", e."seq" LIMIT 1)`;
}
