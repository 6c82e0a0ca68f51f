import { Prisma } from "@lung-iris/prisma";
import type { DatabaseClient } from "@lung-iris/prisma";
import { addSeconds } from "./clock.ts";
import type { Clock } from "./clock.ts";

/** How often something may be attempted. */
export interface Limit {
  kind: string;
  /** Attempts that cost nothing, at least 2. */
  free: number;
  /** One attempt is forgotten after this many seconds. */
  leakSeconds: number;
  /** Wait after the last free attempt; it doubles with each further one. */
  firstWaitSeconds: number;
  longestWaitSeconds: number;
}

export interface Taken {
  isAllowed: boolean;
  /** When the next attempt is allowed; null: at once. */
  until: Date | null;
}

/** Refusals known here are given without asking the database for so long. */
const REMEMBER_SECONDS = 5;
const MAX_REMEMBERED = 10_000;

/**
 * Counts attempts in the database, so that the count is one over all API
 * processes. Each limit is a bucket that leaks: whoever stops is forgotten
 * little by little, where a window would forget all at once and a counter
 * never. One statement takes and tells, so that a crowd at once gets no more
 * than one after the other.
 */
export class AttemptLimits {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;
  /** A flood of refusals costs no query. */
  readonly #refused = new Map<string, { until: Date; asOf: Date }>();

  constructor(client: DatabaseClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** Takes one attempt; a refused one does not make the wait longer. */
  async take(limit: Limit, key: string): Promise<Taken> {
    const now = this.#clock.now();
    const name = `${limit.kind} ${key}`;
    const known = this.#refused.get(name);
    if (known !== undefined) {
      const isFresh = addSeconds(known.asOf, REMEMBER_SECONDS) > now;
      if (isFresh && known.until > now)
        return { isAllowed: false, until: known.until };
      this.#refused.delete(name);
    }
    const [row] = await this.#client.$queryRaw<
      { isAllowed: boolean; blockedUntil: Date | null }[]
    >(takeStatement(limit, key, now));
    const isAllowed = row?.isAllowed ?? true;
    const until = row?.blockedUntil ?? null;
    if (!isAllowed && until !== null) this.#remember(name, until, now);
    return { isAllowed, until };
  }

  /** Takes an attempt back: it was a good one, or was not made after all. */
  async giveBack(limit: Limit, key: string): Promise<void> {
    await this.#client.$executeRaw`
      UPDATE "AttemptLimit" SET "level" = GREATEST(0, "level" - 1),
        "blockedUntil" = CASE WHEN round("level" - 1) < ${limit.free}
          THEN NULL ELSE "blockedUntil" END
      WHERE "kind" = ${limit.kind} AND "key" = ${key}`;
  }

  /** Forgets every attempt under keys that begin so. */
  async forget(limits: readonly Limit[], keyStart: string): Promise<void> {
    for (const name of this.#refused.keys())
      if (name.includes(` ${keyStart}`)) this.#refused.delete(name);
    await this.#client.attemptLimit.deleteMany({
      where: {
        kind: { in: limits.map(({ kind }) => kind) },
        key: { startsWith: keyStart },
      },
    });
  }

  #remember(name: string, until: Date, asOf: Date): void {
    this.#refused.set(name, { until, asOf });
    if (this.#refused.size <= MAX_REMEMBERED) return;
    const oldest = this.#refused.keys().next();
    if (oldest.done !== true) this.#refused.delete(oldest.value);
  }
}

function takeStatement(limit: Limit, key: string, now: Date): Prisma.Sql {
  const at = Prisma.sql`${now}::timestamptz`;
  const isBlocked = Prisma.sql`(l."blockedUntil" IS NOT NULL AND l."blockedUntil" > ${at})`;
  const level = Prisma.sql`(GREATEST(0, l."level" - GREATEST(0, EXTRACT(EPOCH FROM (${at} - l."countedAt"))) / ${limit.leakSeconds}::float8) + 1)`;
  const over = Prisma.sql`(round(${level}::numeric)::int - ${limit.free}::int)`;
  const wait = Prisma.sql`LEAST(${limit.firstWaitSeconds}::float8 * power(2, LEAST(${over}, 20)), ${limit.longestWaitSeconds}::float8)`;
  return Prisma.sql`
    INSERT INTO "AttemptLimit" AS l ("kind", "key", "level", "countedAt",
      "blockedUntil", "isAllowed")
    VALUES (${limit.kind}, ${key}, 1, ${at}, NULL, true)
    ON CONFLICT ("kind", "key") DO UPDATE SET
      "isAllowed" = NOT ${isBlocked},
      "level" = CASE WHEN ${isBlocked} THEN l."level" ELSE ${level} END,
      "countedAt" = CASE WHEN ${isBlocked} THEN l."countedAt" ELSE ${at} END,
      "blockedUntil" = CASE WHEN ${isBlocked} THEN l."blockedUntil"
        WHEN ${over} >= 0 THEN ${at} + ${wait} * interval '1 second'
        ELSE NULL END
    RETURNING "isAllowed", "blockedUntil"`;
}
