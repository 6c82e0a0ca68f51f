import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { connectionConfig } from "../engine/adapter.mjs";
import { PrismaClient } from "./generated/client.ts";
import { KeptRows } from "./kept-rows.ts";
import { allowDirectReads } from "./rows.ts";
import { StatementNames } from "./statement-names.ts";
import { TransactionLines } from "./transaction-lines.ts";
import { allowDirectTransactions } from "./transaction.ts";

/** Never read by accident: the few paths that need one select it by name. */
const SECRET_COLUMNS = {
  user: { passwordHash: true },
  session: { tokenHash: true },
} as const;

/** Changes take milliseconds; the longest pause within one is a busy machine's. */
const MOST_IDLE_IN_TRANSACTION_MS = 10_000;

/** Short reads: so few connections take what a few cores can answer. */
const MOST_KEPT_PLANS = 5;

/**
 * How many of a client's connections keep plans: a third. A client of a few
 * has one beside them, since changes may need all that it has.
 */
function splitPool(poolSize: number): { plain: number; keptPlans: number } {
  if (poolSize < 6) return { plain: poolSize, keptPlans: 1 };
  const keptPlans = Math.min(Math.floor(poolSize / 3), MOST_KEPT_PLANS);
  return { plain: poolSize - keptPlans, keptPlans };
}

/**
 * One plan of each statement for any values. The pool waits for what this
 * answers, which its types do not say.
 */
function keepPlans(connection: pg.ClientBase): unknown {
  return connection.query("SET plan_cache_mode = force_generic_plan");
}

function createPool(
  url: string,
  poolSize: number,
  options: pg.PoolConfig = {},
): pg.Pool {
  const pool = new pg.Pool({
    ...connectionConfig(url),
    ...options,
    max: poolSize,
    // Prisma 7 leaves these to `pg`, whose defaults wait for ever.
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // A process that hangs in the middle of a change (SIGSTOP, swap) would
    // hold its locks, the audit trail's head among them, against everybody.
    idle_in_transaction_session_timeout: MOST_IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // An idle connection that breaks is replaced by the next query, which says
  // so if it cannot be; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}

/**
 * Statements that Prisma makes of ids and states: any values have the same
 * plan. Searches and what is written as SQL are planned for their values.
 */
function isPlain(sql: string): boolean {
  return PRISMA_MADE.test(sql) && !sql.includes("LIKE");
}

const PRISMA_MADE = /^(SELECT|INSERT INTO|UPDATE|DELETE FROM) "public"\./;

function createClient(
  pool: pg.Pool,
  names: StatementNames,
  lines: TransactionLines,
) {
  const adapter = lines.follow(
    new PrismaPg(pool, {
      statementNameGenerator: ({ sql }) =>
        isPlain(sql) ? names.nameOf(sql) : "",
    }),
  );
  return new PrismaClient({ adapter, omit: SECRET_COLUMNS });
}

export type DatabaseClient = ReturnType<typeof createClient>;

/** An open database; `close` ends its connections. */
export interface Database {
  client: DatabaseClient;
  /** For LISTEN, graphile-worker and other uses of the plain driver. */
  url: string;
  close(): Promise<void>;
}

/** Connects lazily; an absent server shows at the first query. */
export function createDatabase(
  url: string,
  { poolSize = 10 }: { poolSize?: number } = {},
): Database {
  const sizes = splitPool(poolSize);
  const pool = createPool(url, sizes.plain);
  const names = new StatementNames();
  const lines = new TransactionLines();
  const client = createClient(pool, names, lines);
  const kept = new KeptRows();
  const keptPlans = createPool(url, sizes.keptPlans, { onConnect: keepPlans });
  // A server that went away may come back as another database, one that was
  // restored; while a connection stands it is the same.
  keptPlans.on("remove", () => {
    if (keptPlans.totalCount === 0) kept.clear();
  });
  for (const each of [pool, keptPlans]) each.on("error", () => kept.clear());
  allowDirectReads(client, { pool, keptPlans, names, kept });
  allowDirectTransactions(client, lines);
  return {
    client,
    url,
    async close() {
      await client.$disconnect();
      for (const each of [pool, keptPlans]) if (!each.ending) await each.end();
    },
  };
}
