import type { DatabaseClient } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import type { TransactionLines } from "./transaction-lines.ts";

/** The client inside a transaction. */
export type Tx = Parameters<Parameters<DatabaseClient["$transaction"]>[0]>[0];

const MAX_ATTEMPTS = 5;

const lines = new WeakMap<DatabaseClient, TransactionLines>();

/** To be called once for a client, by who makes it. */
export function allowDirectTransactions(
  client: DatabaseClient,
  ofClient: TransactionLines,
): void {
  lines.set(client, ofClient);
}

/**
 * Runs `work` in one READ COMMITTED transaction: the only way to write.
 * A deadlock or a serialization failure (SQLSTATE 40P01, 40001) is tried
 * again, so `work` must have no effect outside the transaction.
 */
export async function withTransaction<T>(
  client: DatabaseClient,
  work: (tx: Tx) => Promise<T>,
  { timeoutMs = 15_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  const ofClient = lines.get(client);
  if (ofClient === undefined)
    throw new Error("only a client of createDatabase has transactions");
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.$transaction((tx) => work(ofClient.direct(tx)), {
        timeout: timeoutMs,
        maxWait: timeoutMs,
      });
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isTransient(error)) throw error;
      await new Promise((resolve) =>
        setTimeout(resolve, 10 * 2 ** attempt * Math.random()),
      );
    }
  }
}

function isTransient(error: unknown): boolean {
  // P2034: "write conflict or a deadlock", what Prisma makes of both states.
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (error.code === "P2034") return true;
  }
  return /\b(40001|40P01)\b/.test(errorText(error));
}

/** SQLSTATE is the driver's code; through Prisma it is in the cause only. */
function errorText(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const cause = error.cause;
  const own = "code" in error ? String(error.code) : "";
  const code =
    typeof cause === "object" && cause !== null && "originalCode" in cause
      ? String(cause.originalCode)
      : "";
  return `${error.message} ${own} ${code} ${errorText(cause)}`;
}
