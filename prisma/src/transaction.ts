import type { DatabaseClient } from "./client.ts";
import { Prisma } from "./generated/client.ts";

/** The client inside a transaction. */
export type Tx = Parameters<Parameters<DatabaseClient["$transaction"]>[0]>[0];

const MAX_ATTEMPTS = 5;

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
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.$transaction(work, {
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

/** Raw queries report the SQLSTATE in the adapter's cause only. */
function errorText(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const cause = error.cause;
  const code =
    typeof cause === "object" && cause !== null && "originalCode" in cause
      ? String(cause.originalCode)
      : "";
  return `${error.message} ${code} ${errorText(cause)}`;
}
