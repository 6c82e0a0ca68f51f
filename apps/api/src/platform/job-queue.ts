import {
  connectionConfig,
  type DatabaseClient,
  type Tx,
} from "@lung-iris/prisma";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { z } from "zod";

/** The request that asked for the job: its events carry the same. */
const requestId = z
  .string()
  .regex(/^[\w.-]{8,64}$/)
  .optional();

/** Every kind of job with the shape of its payload. */
export const jobSchemas = {
  "assess-image": z.object({
    imageId: z.uuid(),
    /** Which model is asked; a worker that lacks it leaves the job alone. */
    modelVersionId: z.uuid(),
    /** Why: the audit event says it. */
    cause: z
      .enum(["arrived", "asked-again", "corrected", "promoted"])
      .default("arrived"),
    requestId,
  }),
  "export-dataset": z.object({ datasetId: z.uuid(), requestId }),
  "judge-candidate": z.object({
    judgementId: z.uuid(),
    /** The candidate: a worker that lacks its folder leaves the job alone. */
    modelVersionId: z.uuid(),
    requestId,
  }),
  /** Open cases of a site whose policy changed. */
  "place-anew": z.object({ siteId: z.uuid() }),
  /** Films of former releases whose headers are to be read again. */
  "read-headers": z.object({}),
  /** Notes that leave the desk: whatever is due. */
  "deliver-notes": z.object({}),
} as const;

export type JobName = keyof typeof jobSchemas;
/** All of them. */
export const JOB_NAMES = Object.keys(jobSchemas) as JobName[]; // a const's keys
export type JobPayload<Name extends JobName> = z.infer<
  (typeof jobSchemas)[Name]
>;
type JobInput<Name extends JobName> = z.input<(typeof jobSchemas)[Name]>;

interface JobPolicy {
  /** Tries in all; graphile-worker waits e^tries seconds between them. */
  maxAttempts: number;
  /** Smaller runs first: a film never waits behind an export. */
  priority: number;
  /** A try that takes longer has failed, and the next one may go elsewhere. */
  deadlineSeconds: number;
}

const policies: Record<JobName, JobPolicy> = {
  // Five tries span about a minute and a half (1 + 2.7 + 7.4 + 20 + 55 s).
  "assess-image": { maxAttempts: 5, priority: 0, deadlineSeconds: 180 },
  // A hundred thousand films through one decoder.
  "export-dataset": {
    maxAttempts: 3,
    priority: 10,
    deadlineSeconds: 6 * 60 * 60,
  },
  // Two thousand films through two models on a thread each, a second a film.
  "judge-candidate": {
    maxAttempts: 3,
    priority: 10,
    deadlineSeconds: 2 * 60 * 60,
  },
  "place-anew": { maxAttempts: 25, priority: 2, deadlineSeconds: 30 * 60 },
  // Behind everything that somebody waits for; fifty films a job.
  "read-headers": { maxAttempts: 25, priority: 20, deadlineSeconds: 30 * 60 },
  // Rows of its own say what is due and when it is tried again: a job only
  // makes it happen at once. Before films: it holds no core.
  "deliver-notes": { maxAttempts: 2, priority: -1, deadlineSeconds: 30 * 60 },
};

/** How long one try of a job may take. */
export function deadlineOf(name: JobName): number {
  return policies[name].deadlineSeconds;
}

/** A shadow's jobs run when no film waits for the live model. */
export const BEHIND_PRIORITY = 5;

/**
 * Adds a job that exists if and only if the transaction commits. A job with
 * the same key that has not started is replaced, so asking twice runs once.
 */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  key: string,
  payload: JobInput<Name>,
  priority: number = policies[name].priority,
): Promise<void> {
  const { maxAttempts } = policies[name];
  const parsed: JobPayload<JobName> = jobSchemas[name].parse(payload);
  const body = JSON.stringify(parsed);
  const task =
    "modelVersionId" in parsed
      ? taskOfModel(parsed.modelVersionId, name)
      : name;
  await tx.$queryRaw`
    SELECT (graphile_worker.add_job(
      ${task}::text, payload => ${body}::json, job_key => ${`${name}:${key}`},
      max_attempts => ${maxAttempts}::int, priority => ${priority}::int
    )).id::text`;
}

/**
 * The queue's own name for the films of one model, or another job about it: a
 * worker takes only the tasks that it names, so it names those of the models
 * that it has. What stands before the colon is the job's name.
 */
export function taskOfModel(
  modelVersionId: string,
  name: JobName = "assess-image",
): string {
  return `${name}:${modelVersionId}`;
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

export interface JobCount {
  job: JobName;
  state: "waiting" | "running" | "failed";
  count: number;
}

/** Every kind of job in every state, also where there are none. */
export async function countJobs(client: DatabaseClient): Promise<JobCount[]> {
  const rows = await client.$queryRaw<JobCount[]>`
    SELECT split_part(t."identifier", ':', 1) AS "job", CASE
        WHEN j."locked_at" IS NOT NULL THEN 'running'
        WHEN j."attempts" < j."max_attempts" THEN 'waiting'
        ELSE 'failed' END AS "state", count(*)::int AS "count"
    FROM graphile_worker._private_jobs j
    JOIN graphile_worker._private_tasks t ON t."id" = j."task_id"
    GROUP BY 1, 2`;
  return JOB_NAMES.flatMap((job) =>
    (["waiting", "running", "failed"] as const).map((state) => ({
      job,
      state,
      count:
        rows.find((row) => row.job === job && row.state === state)?.count ?? 0,
    })),
  );
}
