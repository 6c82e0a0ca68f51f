import { PrismaPg } from "@prisma/adapter-pg";
import { connectionConfig } from "../engine/adapter.mjs";
import { PrismaClient } from "./generated/client.ts";

/** Never read by accident: the few paths that need one select it by name. */
const SECRET_COLUMNS = {
  user: { passwordHash: true },
  session: { tokenHash: true },
} as const;

/** Changes take milliseconds; the longest pause within one is a busy machine's. */
const MOST_IDLE_IN_TRANSACTION_MS = 10_000;

function createClient(url: string, poolSize: number) {
  const adapter = new PrismaPg({
    ...connectionConfig(url),
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
  const client = createClient(url, poolSize);
  return { client, url, close: () => client.$disconnect() };
}
