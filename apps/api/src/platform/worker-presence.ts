import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { connectionConfig, type DatabaseClient } from "@lung-iris/prisma";
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

const BEAT_EVERY_MS = 3_000;
/** Ten beats: the database may be busy, a worker that lives never is as long. */
const SILENT_SECONDS = 30;
/** Rows of ended workers are kept to say since when the AI is away. */
const KEPT_DAYS = 7;

/**
 * Proof that a worker lives, in two parts. A session advisory lock named
 * after it, held on one connection: PostgreSQL drops the lock the moment the
 * process is gone, so a lock that can be taken belongs to a dead worker, whose
 * jobs graphile-worker itself would leave locked for four hours. And a row
 * that it keeps fresh: a process that hangs keeps its lock, not its row.
 */
export interface WorkerPresence {
  /** Settles when a proof is gone: the connection broke, or others took over. */
  lost: Promise<void>;
  hold(workerId: string): Promise<void>;
  /** Unlocks the jobs of workers that are gone or silent; how many workers. */
  freeJobsOfDeadWorkers(): Promise<number>;
  /** Jobs that nobody runs and that have no try left. */
  takeExhausted(names: JobName[]): Promise<ExhaustedJob[]>;
  /** Removes an exhausted job once its failure has been recorded. */
  forget(jobId: string): Promise<void>;
  close(): Promise<void>;
}

const applicationName = (id: string) => `lung-iris worker ${id}`;

/** Opens the connection that holds the proofs. */
export async function createWorkerPresence(
  databaseUrl: string,
): Promise<WorkerPresence> {
  const id = randomUUID();
  const client = new pg.Client({
    ...connectionConfig(databaseUrl),
    keepAlive: true,
    application_name: applicationName(id),
  });
  let onLost = (): void => undefined;
  const lost = new Promise<void>((resolve) => (onLost = resolve));
  client.on("error", () => onLost());
  client.on("end", () => onLost());
  await client.connect();
  await client.query(
    `INSERT INTO "WorkerProcess" ("id", "host", "pid") VALUES ($1, $2, $3)`,
    [id, hostname(), process.pid],
  );
  const beat = setInterval(() => {
    sayAlive(client, id).then((isKnown) => {
      if (!isKnown) onLost();
    }, onLost);
  }, BEAT_EVERY_MS);
  return {
    lost,
    async hold(workerId) {
      await client.query("SELECT pg_advisory_lock($1, hashtext($2))", [
        PRESENCE_LOCKS,
        workerId,
      ]);
      await client.query(
        `UPDATE "WorkerProcess" SET "jobWorkerIds" = "jobWorkerIds" || $2::text
         WHERE "id" = $1`,
        [id, workerId],
      );
    },
    freeJobsOfDeadWorkers: async () =>
      (await endSilentWorkers(client)) + (await freeJobsOfDeadWorkers(client)),
    takeExhausted: (names) => findExhausted(client, names),
    async forget(jobId) {
      await client.query(
        "SELECT graphile_worker.complete_jobs(ARRAY[$1::bigint])",
        [jobId],
      );
    },
    async close() {
      clearInterval(beat);
      await sayEnded(client, id).catch(() => undefined); // silence says it too
      await client.end().catch(() => undefined);
    },
  };
}

/** False where others have taken this worker for dead. */
async function sayAlive(client: pg.Client, id: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE "WorkerProcess" SET "seenAt" = clock_timestamp()
     WHERE "id" = $1 AND "endedAt" IS NULL`,
    [id],
  );
  return rowCount === 1;
}

async function sayEnded(client: pg.Client, id: string): Promise<void> {
  await client.query(
    `UPDATE "WorkerProcess" SET "endedAt" = clock_timestamp() WHERE "id" = $1`,
    [id],
  );
}

/**
 * Takes the jobs of workers that went silent and ends their connection, with
 * which their locks go. One that wakes up finds its row ended and starts anew.
 */
async function endSilentWorkers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ id: string; names: string[] }>(
    `UPDATE "WorkerProcess" SET "endedAt" = clock_timestamp()
     WHERE "endedAt" IS NULL
       AND "seenAt" < clock_timestamp() - make_interval(secs => $1)
     RETURNING "id"::text AS id, "jobWorkerIds" AS names`,
    [SILENT_SECONDS],
  );
  for (const { id, names } of rows) {
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = $1`,
      [applicationName(id)],
    );
    await client.query(
      "SELECT graphile_worker.force_unlock_workers($1::text[])",
      [names],
    );
  }
  await client.query(
    `DELETE FROM "WorkerProcess" WHERE "endedAt" IS NOT NULL
       AND "endedAt" < clock_timestamp() - make_interval(days => $1)`,
    [KEPT_DAYS],
  );
  return rows.length;
}

/** Whether anybody takes films to the model. */
export interface WorkersSeen {
  /** Workers that gave a sign of life in the last half minute. */
  alive: number;
  /** The last sign of life of any; null where there never was one. */
  lastSeenAt: Date | null;
  /** Seconds since; by the database's clock. */
  ageSeconds: number | null;
}

/** What the database knows of all workers, on whichever machine. */
export async function workersSeen(
  client: Pick<DatabaseClient, "$queryRaw">,
): Promise<WorkersSeen> {
  const [row] = await client.$queryRaw<WorkersSeen[]>`
    SELECT count(*) FILTER (WHERE "endedAt" IS NULL AND "seenAt" >
        clock_timestamp() - make_interval(secs => ${SILENT_SECONDS}::int))::int AS "alive",
      max("seenAt") AS "lastSeenAt",
      extract(epoch FROM clock_timestamp() - max("seenAt"))::float8 AS "ageSeconds"
    FROM "WorkerProcess"`;
  return row ?? { alive: 0, lastSeenAt: null, ageSeconds: null };
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
    `SELECT jobs.id::text AS id, split_part(tasks.identifier, ':', 1) AS name,
       jobs.payload
     FROM graphile_worker._private_jobs AS jobs
     JOIN graphile_worker._private_tasks AS tasks ON tasks.id = jobs.task_id
     WHERE jobs.locked_at IS NULL AND jobs.attempts >= jobs.max_attempts
       AND split_part(tasks.identifier, ':', 1) = ANY ($1::text[])
     LIMIT 100`,
    [names],
  );
  return rows;
}
