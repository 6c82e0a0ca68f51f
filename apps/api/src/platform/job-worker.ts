import { setTimeout as sleep } from "node:timers/promises";
import {
  Logger as JobLogger,
  parseCronItems,
  run,
  type CronItem,
  type JobHelpers,
  type Runner,
  type TaskList,
} from "graphile-worker";
import { connectionConfig } from "@lung-iris/prisma";
import pg from "pg";
import type { Logger } from "pino";
import {
  JOB_NAMES,
  deadlineOf,
  jobSchemas,
  taskOfModel,
  type JobName,
  type JobPayload,
} from "./job-queue.ts";
import type { RegularJob } from "./regular-job.ts";
import { isStoreAway } from "./object-store.ts";
import {
  createWorkerPresence,
  type WorkerPresence,
} from "./worker-presence.ts";

/** How often one try of a job stands. */
export interface Attempt {
  number: number;
  isLast: boolean;
  /** When the job was asked for; by the database's clock. */
  queuedAt: Date;
  /** Aborts when the process is told to stop and the job does not end. */
  signal: AbortSignal | undefined;
}

export type JobHandlers = {
  [Name in JobName]: (
    payload: JobPayload<Name>,
    attempt: Attempt,
  ) => Promise<void>;
};

export interface JobWorkerOptions {
  databaseUrl: string;
  /** Jobs at once in this process; asked at each start of a run. */
  concurrency: () => number;
  /** Models whose films this process takes; asked at each start of a run. */
  models: () => readonly string[];
  /** Models whose folders lie here, whether they have a role or not. */
  folders: () => readonly string[];
  handlers: JobHandlers;
  regular: RegularJob[];
  /** Called with jobs that died with their worker on their last try. */
  onExhausted: (name: JobName, payload: unknown) => Promise<void>;
  log: Logger;
}

export interface JobWorker {
  /**
   * Takes jobs for the models of now from here on. Jobs that run go on beside
   * them: films must not wait for an export of hours.
   *
   * @returns once jobs are taken; `ended` resolves once those of before are over
   */
  refresh(): Promise<{ readonly ended: Promise<void> }>;
  /** Takes no new job, lets the running ones end, then resolves. */
  stop(): Promise<void>;
}

/** Jobs that only a worker with the model's folder may take. */
const OF_A_MODEL: ReadonlySet<JobName> = new Set([
  "assess-image",
  "judge-candidate",
]);

const RESTART_MS = 1_000;
const POLL_MS = 1_000;
/** A second worker frees the jobs of a dead one at most this much later. */
const SWEEP_MS = 10_000;

/**
 * Runs jobs until stopped. A lost database connection ends one run of the
 * underlying worker and begins another, because a worker that cannot report
 * a finished job leaves that job locked.
 */
export async function startJobWorker(
  options: JobWorkerOptions,
): Promise<JobWorker> {
  const state = { isStopping: false };
  let current = await startRun(options);
  /** Runs of before whose jobs are not over. */
  const ending = new Set<Promise<void>>();
  // A function: it changes while the loop waits.
  const isStopping = (): boolean => state.isStopping;
  const supervise = async (): Promise<void> => {
    while (!isStopping()) {
      const watched = current;
      await watched.ended;
      if (isStopping()) return;
      if (watched !== current) continue; // another one has taken its place
      options.log.warn("the job worker lost the database; starting again");
      await watched.stop();
      const started = await restart(options, isStopping, watched);
      if (watched === current) current = started;
      else await started.stop();
    }
  };
  const supervised = supervise();
  return {
    async refresh() {
      const next = await startRun(options).catch((error: unknown) => {
        options.log.warn({ err: error }, "the job worker cannot start yet");
        return null;
      });
      const before = current;
      // Without the database the loop starts the next one, once it is back.
      if (next !== null) current = next;
      const ended: Promise<void> = before
        .stop()
        .finally(() => ending.delete(ended));
      ending.add(ended);
      return { ended };
    },
    async stop() {
      state.isStopping = true;
      await current.stop();
      await Promise.all(ending);
      await supervised;
    },
  };
}

interface Run {
  /** Settles when the run cannot go on. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

async function restart(
  options: JobWorkerOptions,
  isStopping: () => boolean,
  last: Run,
): Promise<Run> {
  while (!isStopping()) {
    await sleep(RESTART_MS);
    try {
      return await startRun(options);
    } catch (error) {
      options.log.warn({ err: error }, "the job worker cannot start yet");
    }
  }
  return last;
}

async function startRun(options: JobWorkerOptions): Promise<Run> {
  const { log } = options;
  const presence = await createWorkerPresence(options.databaseUrl);
  const pool = createPool(options, log);
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  void presence.lost.then(end);
  let runner: Runner;
  try {
    await sweepDead(presence, options);
    runner = await startRunner(options, pool, presence);
  } catch (error) {
    await presence.close();
    await pool.end();
    throw error;
  }
  runner.events.on("worker:fatalError", end);
  void runner.promise.then(end, end);
  const sweeper = setInterval(() => {
    sweepDead(presence, options).catch((error: unknown) =>
      log.warn({ err: error }, "could not look for dead workers"),
    );
  }, SWEEP_MS);
  let stopped: Promise<void> | null = null;
  const stopOnce = async (): Promise<void> => {
    clearInterval(sweeper);
    await runner.stop().catch(() => undefined);
    await presence.close();
    await pool.end().catch(() => undefined);
    end();
  };
  return { ended, stop: () => (stopped ??= stopOnce()) };
}

function createPool(options: JobWorkerOptions, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    ...connectionConfig(options.databaseUrl),
    // One each for the jobs' own bookkeeping, the listener and the cron.
    max: options.concurrency() + 2,
    application_name: "lung-iris jobs",
  });
  pool.on("error", (error) =>
    log.warn({ err: error }, "an idle database connection broke"),
  );
  return pool;
}

function startRunner(
  options: JobWorkerOptions,
  pool: pg.Pool,
  presence: WorkerPresence,
): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: options.concurrency(),
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: jobLogger(options.log),
    taskList: taskListOf(options),
    parsedCronItems: parseCronItems(options.regular.map(cronItemOf)),
    preset: {
      plugins: [
        {
          name: "LungIrisWorkerPresence",
          version: "1.0.0",
          worker: {
            hooks: {
              startWorker: (_context, { worker }) =>
                presence.hold(worker.workerId),
            },
          },
        },
      ],
    },
  });
}

/** What a worker takes: every kind of job, films of its own models alone. */
export function taskListOf(
  options: Pick<
    JobWorkerOptions,
    "handlers" | "models" | "folders" | "regular"
  >,
): TaskList {
  const { handlers, regular } = options;
  const tasks: TaskList = {};
  const take = (name: JobName, task: string = name): void => {
    // A name's schema parses to what its handler takes; the table hides it.
    const work = handlers[name] as JobHandlers[JobName] &
      ((payload: unknown, attempt: Attempt) => Promise<void>);
    tasks[task] = (payload, helpers) =>
      attempt(name, helpers, (given) =>
        work(jobSchemas[name].parse(payload), given),
      );
  };
  for (const name of JOB_NAMES) if (!OF_A_MODEL.has(name)) take(name);
  for (const model of options.models())
    take("assess-image", taskOfModel(model));
  for (const model of options.folders())
    take("judge-candidate", taskOfModel(model, "judge-candidate"));
  for (const { name, run: work } of regular) tasks[name] = () => work();
  return tasks;
}

/**
 * One try of a job, within its deadline. A try that found the object store
 * away is not counted: an outage may last longer than any number of tries.
 */
async function attempt(
  name: JobName,
  helpers: JobHelpers,
  work: (attempt: Attempt) => Promise<void>,
): Promise<void> {
  try {
    await withinDeadline(name, work(attemptOf(helpers)));
  } catch (error) {
    if (isStoreAway(error))
      await helpers.query(
        `UPDATE graphile_worker._private_jobs
         SET attempts = greatest(attempts - 1, 0) WHERE id = $1`,
        [helpers.job.id],
      );
    throw error;
  }
}

/**
 * Fails a try that hangs, so that the queue can give the job to anybody. What
 * hangs may still end later: every job may run twice without harm.
 */
export async function withinDeadline(
  name: JobName,
  work: Promise<void>,
  seconds = deadlineOf(name),
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${name} took longer than ${seconds} s`)),
      seconds * 1_000,
    );
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function attemptOf({ job, abortSignal }: JobHelpers): Attempt {
  return {
    number: job.attempts,
    isLast: job.attempts >= job.max_attempts,
    queuedAt: job.created_at,
    signal: abortSignal,
  };
}

async function sweepDead(
  presence: WorkerPresence,
  options: JobWorkerOptions,
): Promise<void> {
  const freed = await presence.freeJobsOfDeadWorkers();
  if (freed > 0) options.log.warn({ freed }, "took over jobs of dead workers");
  for (const job of await presence.takeExhausted(JOB_NAMES)) {
    await options.onExhausted(job.name, job.payload);
    await presence.forget(job.id);
  }
}

function cronItemOf(item: { name: string; match: string }): CronItem {
  return {
    task: item.name,
    match: item.match,
    options: { backfillPeriod: 0, maxAttempts: 1 },
  };
}

function jobLogger(log: Logger): JobLogger {
  return new JobLogger((scope) => (level, message) => {
    const fields = { task: scope.taskIdentifier, job: scope.jobId };
    // The enum exists in the types only, not in what the package exports.
    const name: string = level;
    if (name === "error") log.error(fields, message);
    else if (name === "warning") log.warn(fields, message);
    else log.debug(fields, message);
  });
}
