import { availableParallelism, getPriority, setPriority } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@lung-iris/prisma";
import { MigrationError, assertNotNewer } from "@lung-iris/prisma/migrate";
import { InferenceError } from "@lung-iris/inference";
import { ConfigError, readConfig, type ApiConfig } from "./config.ts";
import { createLogger, type Logger } from "./logger.ts";
import { modelDirsOf } from "./model-dirs.ts";
import { createDatabaseClock } from "./platform/database-clock.ts";
import {
  createFilmAssessor,
  createFilmReader,
} from "./platform/inference-client.ts";
import { migrateJobs } from "./platform/job-queue.ts";
import { openObjectStore } from "./platform/open-object-store.ts";
import { tellLauncher } from "./platform/tell-launcher.ts";
import { createWorker } from "./worker.ts";

/** Five steps: a third of the others' time where cores are short, all where not. */
const NICER = 5;
const MOST_NICE = 19;
/** A job still running this long after the signal is left to be tried again. */
const DRAIN_LIMIT_MS = 25_000;

async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel).child({ process: "worker" });
  const stop = await start(config, logger);
  let isStopping = false;
  const onSignal = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, "draining");
    setTimeout(() => process.exit(1), DRAIN_LIMIT_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "did not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

async function start(
  config: ApiConfig,
  logger: Logger,
): Promise<() => Promise<void>> {
  // Threads made from here on inherit it. People at the worklist come first:
  // a model that takes every core must not make the API and the web wait.
  setPriority(Math.min(MOST_NICE, getPriority() + NICER));
  await assertNotNewer(config.database.url);
  await migrateJobs(config.database.url);
  const { engine, workers } = config.inference;
  // Exports decode one film at a time; films to assess come first.
  const filmReader = await createFilmReader({ threads: 1 });
  const database = createDatabase(config.database.url, {
    // A job holds one connection while it writes; one more for exports.
    poolSize: (workers ?? availableParallelism()) + 2,
  });
  const clock = await createDatabaseClock({
    client: database.client,
    log: logger,
  });
  const worker = await createWorker({
    config,
    database,
    clock,
    logger,
    objectStore: await openObjectStore(
      config.objectStore,
      join(config.dataFolder, "staging"),
    ),
    filmReader,
    modelDirs: modelDirsOf(config.inference.modelFolders),
    openAssessor: (modelDir, isBeside) =>
      createFilmAssessor({ modelDir, engine, threads: isBeside ? 1 : workers }),
  });
  const models = worker.models.all.map(({ assessor, version }) => {
    const { engine, engineNote, threads } = assessor;
    if (engineNote !== null) logger.info(engineNote);
    return { name: version.name, engine, threads };
  });
  logger.info({ models }, "taking jobs");
  const beats = tellLauncher();
  return async () => {
    clearInterval(beats);
    clock.stop();
    await worker.stop();
    await filmReader.close();
    await database.close();
  };
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof ConfigError ||
    error instanceof InferenceError ||
    error instanceof MigrationError;
  const message =
    error instanceof Error
      ? isExpected
        ? error.message
        : (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`The worker could not start. ${message}\n`);
  process.exit(1);
});
