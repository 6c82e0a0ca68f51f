import { hostname } from "node:os";
import { join } from "node:path";
import { AuditLog } from "./audit/audit-log.ts";
import { AlarmDesk } from "./features/alarms/alarm-desk.ts";
import { GoldenService } from "./features/golden-films/golden.service.ts";
import { LoadedModels } from "./features/models/loaded-models.ts";
import {
  readManifestFile,
  registerModels,
} from "./features/models/model-registry.ts";
import {
  CANDIDATES_FOLDER,
  CandidateFolders,
} from "./features/training-runs/candidate-folders.ts";
import type { Logger } from "./logger.ts";
import { type JobWorker } from "./platform/job-worker.ts";
import { startJobs, type JobDeps } from "./worker-jobs.ts";

/** Everything that the outside hands in. */
export interface WorkerDeps extends JobDeps {
  /**
   * Folders of the models that lie here, the one to begin an empty desk with
   * first. Which of them run, and as what, the database says.
   */
  modelDirs: readonly string[];
}

/** A worker that takes jobs. */
export interface DeskWorker {
  /** What runs now: a model each with its engine and threads. */
  readonly models: Pick<LoadedModels, "all">;
  /** Takes no new job, lets the running ones end, frees the models. */
  stop(): Promise<void>;
}

/** How long a model that was given a role waits for its first film at most. */
const LOOK_AT_ROLES_MS = 1_000;
/** How often a worker looks whether its golden films are due. */
const GOLDEN_FILMS_MS = 120_000;

/**
 * Registers the models that lie here and takes jobs until stopped: films for
 * those of them that have a role, exports to write, and each minute the cases
 * that have waited too long.
 */
export async function createWorker(deps: WorkerDeps): Promise<DeskWorker> {
  const candidates = candidateFolders(deps);
  const models = await openModels(deps, candidates);
  try {
    const jobs = await startJobs(deps, models);
    const follower = followRoles(models, candidates, jobs, deps.logger);
    const golden = runGoldenFilms(deps, models);
    return {
      models,
      async stop() {
        await golden.stop();
        await follower.stop();
        await jobs.stop();
        await models.close();
      },
    };
  } catch (error) {
    await models.close();
    throw error;
  }
}

function candidateFolders(deps: WorkerDeps): CandidateFolders {
  const { config, database, objectStore, logger } = deps;
  return new CandidateFolders({
    client: database.client,
    objectStore,
    folder: join(config.dataFolder, CANDIDATES_FOLDER),
    logger,
  });
}

/** Makes the folders known and loads those that have a role. */
async function openModels(
  deps: WorkerDeps,
  candidates: CandidateFolders,
): Promise<LoadedModels> {
  const { clock, logger, modelDirs, openAssessor } = deps;
  const { client } = deps.database;
  const audit = new AuditLog(client, clock);
  const manifests = await Promise.all(modelDirs.map(readManifestFile));
  const versions = await registerModels({ audit, clock }, manifests);
  const folders = versions.flatMap((version, at) => {
    const dir = modelDirs[at];
    return dir === undefined ? [] : [{ dir, version }];
  });
  const models = new LoadedModels({ client, folders, openAssessor, logger });
  models.add(await candidates.bring());
  await models.refresh();
  return models;
}

/**
 * Goes on with other models when somebody changes what is live, and takes
 * jobs about candidates that training runs made meanwhile.
 */
function followRoles(
  models: LoadedModels,
  candidates: CandidateFolders,
  jobs: JobWorker,
  logger: Logger,
): { stop(): Promise<void> } {
  const look = async (): Promise<void> => {
    const brought = await candidates.bring();
    models.add(brought);
    const isChanged = await models.refresh();
    if (!isChanged && brought.length === 0) return;
    logger.info({ models: models.ids }, "the models changed");
    const { ended } = await jobs.refresh();
    models.letGo(ended);
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch((error: unknown) => {
      logger.warn({ err: error }, "could not follow the models' roles");
    });
  }, LOOK_AT_ROLES_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

/**
 * No job: a job runs in one worker, and every worker answers for itself. The
 * first time a while after the start, when films wait for the models most.
 */
function runGoldenFilms(
  { database, clock, logger }: WorkerDeps,
  models: LoadedModels,
): { stop(): Promise<void> } {
  const { client } = database;
  const audit = new AuditLog(client, clock);
  const alarms = new AlarmDesk({ client, audit, clock });
  const host = hostname();
  const golden = new GoldenService({
    client,
    clock,
    alarms,
    models,
    host,
    logger,
  });
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => golden.run())
      .catch((error: unknown) => {
        logger.warn({ err: error }, "could not run the golden films");
      });
  }, GOLDEN_FILMS_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
