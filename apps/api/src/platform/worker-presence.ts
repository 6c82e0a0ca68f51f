import { connectionConfig } from "@lung-iris/prisma";
import pg from "pg";
import type { JobName } from "./job-queue.ts";

/** First half of the advisory lock's key; "IRIS" in ASCII. */
const PRESENCE_LOCKS = 0x49524953;

/** A job that died with its worker on its last try. */
export interface ExhaustedJob {
  id: string;
  name: JobName;
  payload: unknown;
}

/**
 * Proof that a worker lives: a session advisory lock named after it, held on
 * one connection. PostgreSQL drops the lock the moment the process is gone,
 * so a lock that can be taken belongs to a dead worker, whose jobs
 * graphile-worker itself would leave locked for four hours.
 */
export interface WorkerPresence {
  /** Settles when the connection, and with it every proof, is gone. */
  lost: Promise<void>;
  hold(workerId: string): Promise<void>;
  /** Unlocks the jobs of workers that are gone; how many workers. */
  freeJobsOfDeadWorkers(): Promise<number>;
  /** Jobs that nobody runs and that have no try left. */
  takeExhausted(names: JobName[]): Promise<ExhaustedJob[]>;
  /** Removes an exhausted job once its failure has been recorded. */
  forget(jobId: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the connection that holds the proofs. */
export async function createWorkerPresence(
  databaseUrl: string,
): Promise<WorkerPresence> {
  const client = new pg.Client({
    ...connectionConfig(databaseUrl),
    keepAlive: true,
    application_name: "lung-iris worker presence",
  });
  let onLost = (): void => undefined;
  const lost = new Promise<void>((resolve) => (onLost = resolve));
  client.on("error", () => onLost());
  client.on("end", () => onLost());
  await client.connect();
  return {
    lost,
    async hold(workerId) {
      await client.query("SELECT pg_advisory_lock($1, hashtext($2))", [
        PRESENCE_LOCKS,
        workerId,
      ]);
    },
    freeJobsOfDeadWorkers: () => freeJobsOfDeadWorkers(client),
    takeExhausted: (names) => findExhausted(client, names),
    async forget(jobId) {
      await client.query(
        "SELECT graphile_worker.complete_jobs(ARRAY[$1::bigint])",
        [jobId],
      );
    },
    async close() {
      await client.end().catch(() => undefined);
    },
  };
}

async function freeJobsOfDeadWorkers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ id: string; ours: boolean }>(
    `SELECT DISTINCT locked_by AS id, EXISTS (
       SELECT 1 FROM pg_locks
       WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
         AND classid = $1::oid AND objid = (hashtext(locked_by)::bit(32)::bigint)::oid
     ) AS ours
     FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL`,
    [PRESENCE_LOCKS],
  );
  let freed = 0;
  for (const { id, ours } of rows) {
    // A session takes its own locks again and again: ask the catalogue first.
    if (ours) continue;
    const key = [PRESENCE_LOCKS, id];
    const { rows: tried } = await client.query<{ dead: boolean }>(
      "SELECT pg_try_advisory_lock($1, hashtext($2)) AS dead",
      key,
    );
    if (tried[0]?.dead !== true) continue;
    await client.query(
      "SELECT graphile_worker.force_unlock_workers(ARRAY[$1::text])",
      [id],
    );
    await client.query("SELECT pg_advisory_unlock($1, hashtext($2))", key);
    freed += 1;
  }
  return freed;
}

async function findExhausted(
  client: pg.Client,
  names: JobName[],
): Promise<ExhaustedJob[]> {
  const { rows } = await client.query<ExhaustedJob>(
    `SELECT jobs.id::text AS id, tasks.identifier AS name, jobs.payload
     FROM graphile_worker._private_jobs AS jobs
     JOIN graphile_worker._private_tasks AS tasks ON tasks.id = jobs.task_id
     WHERE jobs.locked_at IS NULL AND jobs.attempts >= jobs.max_attempts
       AND tasks.identifier = ANY ($1::text[])
     LIMIT 100`,
    [names],
  );
  return rows;
}
