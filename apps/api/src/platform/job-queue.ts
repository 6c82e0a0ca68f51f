import { connectionConfig, type Tx } from "@lung-iris/prisma";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { z } from "zod";

/** Every kind of job with the shape of its payload. */
export const jobSchemas = {
  "assess-image": z.object({
    imageId: z.uuid(),
    /** Why: the audit event says it. */
    cause: z.enum(["arrived", "asked-again", "corrected"]).default("arrived"),
  }),
  "export-dataset": z.object({ datasetId: z.uuid() }),
} as const;

export type JobName = keyof typeof jobSchemas;
export type JobPayload<Name extends JobName> = z.infer<
  (typeof jobSchemas)[Name]
>;
type JobInput<Name extends JobName> = z.input<(typeof jobSchemas)[Name]>;

interface JobPolicy {
  /** Tries in all; graphile-worker waits e^tries seconds between them. */
  maxAttempts: number;
  /** Smaller runs first: a film never waits behind an export. */
  priority: number;
}

const policies: Record<JobName, JobPolicy> = {
  // Five tries span about a minute and a half (1 + 2.7 + 7.4 + 20 + 55 s).
  "assess-image": { maxAttempts: 5, priority: 0 },
  "export-dataset": { maxAttempts: 3, priority: 10 },
};

/**
 * Adds a job that exists if and only if the transaction commits. A job with
 * the same key that has not started is replaced, so asking twice runs once.
 */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  key: string,
  payload: JobInput<Name>,
): Promise<void> {
  const { maxAttempts, priority } = policies[name];
  const body = JSON.stringify(jobSchemas[name].parse(payload));
  await tx.$queryRaw`
    SELECT (graphile_worker.add_job(
      ${name}::text, payload => ${body}::json, job_key => ${`${name}:${key}`},
      max_attempts => ${maxAttempts}::int, priority => ${priority}::int
    )).id::text`;
}

/** Creates or updates the queue's own tables; safe to run at every start. */
export async function migrateJobs(databaseUrl: string): Promise<void> {
  const pgPool = new pg.Pool({ ...connectionConfig(databaseUrl), max: 1 });
  pgPool.on("error", () => undefined); // shows in the query that needs it
  try {
    await runMigrations({ pgPool });
  } finally {
    await pgPool.end();
  }
}
