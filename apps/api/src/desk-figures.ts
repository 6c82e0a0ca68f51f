import type { Database } from "@lung-iris/prisma";
import { Counter, Gauge, Histogram } from "prom-client";
import type { Registry } from "prom-client";
import { setTimeout as sleep } from "node:timers/promises";
import type { FilmOutcome } from "./features/intake/film-outcome.ts";
import type { Logger } from "./logger.ts";
import { droppedLogLines } from "./logger.ts";
import { countJobs } from "./platform/job-queue.ts";
import type { NotificationHub } from "./platform/notification-hub.ts";
import type { AssessmentNotice, Notice } from "./platform/notifications.ts";
import { workersSeen } from "./platform/worker-presence.ts";
import { addWatchGauges } from "./watch-figures.ts";

/** What /metrics says of films, jobs and the model, beside the requests. */
export interface DeskFigures {
  filmTaken: (outcome: FilmOutcome) => void;
  stop(): void;
}

export interface DeskFiguresDeps {
  registry: Registry;
  database: Database;
  notifications: NotificationHub;
  logger: Logger;
}

/** The budget is 3 seconds; a queue of 200 films takes most of a minute. */
const SECONDS = [0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1_800];
const LISTEN_AGAIN_MS = 1_000;

/**
 * Films that this process took, and the database's own state, read when
 * somebody asks. Answers of the workers come by NOTIFY to every API process,
 * so each of these counts all of them: take one process's, never the sum.
 */
export function createDeskFigures(deps: DeskFiguresDeps): DeskFigures {
  const { registry, notifications } = deps;
  const registers = [registry];
  const films = new Counter({
    name: "lung_iris_films_total",
    help: "Films sent to this process, by outcome and the reason of a refusal.",
    labelNames: ["outcome", "code"],
    registers,
  });
  const answers = new Histogram({
    name: "lung_iris_film_assessment_seconds",
    help: "From the acceptance of a film (or the request to look again) to the AI's answer; every process counts all films.",
    labelNames: ["outcome", "cause"],
    buckets: SECONDS,
    registers,
  });
  addStateGauges(deps);
  addWatchGauges(deps);
  addLogGauge(registry);
  const state = { isStopped: false };
  void listen(notifications, state, ({ outcome, cause, seconds }) =>
    answers.observe({ outcome, cause }, seconds),
  );
  return {
    filmTaken: ({ outcome, code }) =>
      films.inc({ outcome, code: outcome === "refused" ? (code ?? "") : "" }),
    stop: () => void (state.isStopped = true),
  };
}

const isAssessment = (notice: Notice): notice is AssessmentNotice =>
  notice.topic === "assessment";

/** Hears every answer; what passes while the database is away is missed. */
async function listen(
  notifications: NotificationHub,
  state: { isStopped: boolean },
  take: (notice: AssessmentNotice) => void,
): Promise<void> {
  while (!state.isStopped) {
    for await (const notice of notifications.subscribe(isAssessment))
      take(notice);
    await sleep(LISTEN_AGAIN_MS, undefined, { ref: false });
  }
}

function addLogGauge(registry: Registry): void {
  new Gauge({
    registers: [registry],
    name: "lung_iris_log_lines_dropped",
    help: "Log lines of this process that could not be written (a full disk) and were dropped.",
    collect() {
      this.set(droppedLogLines());
    },
  });
}

/** What the database knows, read once for all gauges of a request. */
function addStateGauges({ registry, database, logger }: DeskFiguresDeps): void {
  let reading: Promise<void> | null = null;
  const collect = (): Promise<void> =>
    (reading ??= read().finally(() => (reading = null)));
  const common = { registers: [registry], collect };
  const jobs = new Gauge({
    ...common,
    name: "lung_iris_jobs",
    help: "Jobs by name and state: waiting, running, or failed for good.",
    labelNames: ["job", "state"],
  });
  const model = new Gauge({
    ...common,
    name: "lung_iris_model_info",
    help: "1 for each live model and the engine of its last prediction.",
    labelNames: ["model", "sha256", "engine"],
  });
  const isUp = new Gauge({
    ...common,
    name: "lung_iris_database_up",
    help: "1 where the database answered this request.",
  });
  const workers = new Gauge({
    ...common,
    name: "lung_iris_workers",
    help: "Workers that gave a sign of life in the last half minute, on all machines.",
  });
  const workerAge = new Gauge({
    ...common,
    name: "lung_iris_worker_age_seconds",
    help: "Seconds since the last sign of life of any worker; absent before the first.",
    labelNames: [],
  });
  const read = async (): Promise<void> => {
    workerAge.remove();
    jobs.reset();
    model.reset();
    try {
      for (const { job, state, count } of await countJobs(database.client))
        jobs.set({ job, state }, count);
      const { alive, ageSeconds } = await workersSeen(database.client);
      workers.set(alive);
      if (ageSeconds !== null) workerAge.set(ageSeconds);
      for (const live of await liveModels(database)) model.set(live, 1);
      isUp.set(1);
    } catch (error) {
      // The figures of the process itself are wanted most just then.
      logger.warn({ err: error }, "the database's figures cannot be read");
      isUp.set(0);
    }
  };
}

async function liveModels({ client }: Database) {
  // A handful: the desk's live model and those of sites with one of their own.
  const roles = await client.modelRole.findMany({
    where: { role: "LIVE", until: null },
    select: {
      modelVersion: { select: { id: true, name: true, sha256: true } },
    },
  });
  const models = new Map(
    roles.map(({ modelVersion }) => [modelVersion.id, modelVersion]),
  );
  return Promise.all(
    [...models.values()].map(async ({ id, name, sha256 }) => {
      // Ids sort by time; the newest of a live model is never far.
      const last = await client.prediction.findFirst({
        where: { modelVersionId: id },
        orderBy: { id: "desc" },
        select: { engine: true },
      });
      return { model: name, sha256, engine: last?.engine ?? "" };
    }),
  );
}
