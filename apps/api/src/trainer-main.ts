/**
 * The trainer: makes candidates of frozen datasets, outside the path of films.
 * Any number of them run on any machines against one database and one object
 * store.
 */
import { constants, hostname, setPriority } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createDatabase } from "@lung-iris/prisma";
import { assertNotNewer } from "@lung-iris/prisma/migrate";
import { readConfig, type ApiConfig } from "./config.ts";
import { createLogger, type Logger } from "./logger.ts";
import { modelDirsOf } from "./model-dirs.ts";
import { createDatabaseClock } from "./platform/database-clock.ts";
import { tellLauncher } from "./platform/tell-launcher.ts";
import { openObjectStore } from "./platform/open-object-store.ts";
import { createTrainer, type DeskTrainer } from "./trainer.ts";

/** Between two looks for a run. */
const LOOK_MS = 1_000;
/** What is still running this long after the signal goes on elsewhere. */
const DRAIN_LIMIT_MS = 25_000;

async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel).child({ process: "trainer" });
  // Behind those who wait for a film, as a worker is; what computes, and
  // has no sign of life to give in time, goes behind everything.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  await assertNotNewer(config.database.url);
  const opened = await open(config, logger);
  const state = { isStopping: false };
  const onSignal = (signal: string): void => {
    if (state.isStopping) return;
    state.isStopping = true;
    logger.info({ signal }, "draining");
    setTimeout(() => process.exit(1), DRAIN_LIMIT_MS).unref();
    opened.trainer.stop();
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  const beats = tellLauncher();
  logger.info({ engines: opened.trainer.engines }, "waiting for runs");
  await takeRuns(opened.trainer, state, logger);
  clearInterval(beats);
  await opened.close();
  process.exit(0);
}

async function takeRuns(
  trainer: DeskTrainer,
  state: { readonly isStopping: boolean },
  logger: Logger,
): Promise<void> {
  while (!state.isStopping) {
    try {
      if (await trainer.workOnce()) continue;
    } catch (error) {
      logger.warn({ err: error }, "could not look for a run");
    }
    await sleep(LOOK_MS);
  }
}

async function open(
  config: ApiConfig,
  logger: Logger,
): Promise<{ trainer: DeskTrainer; close: () => Promise<void> }> {
  const database = createDatabase(config.database.url, { poolSize: 4 });
  const clock = await createDatabaseClock({
    client: database.client,
    log: logger,
  });
  const trainer = await createTrainer({
    config,
    client: database.client,
    clock,
    logger,
    objectStore: await openObjectStore(
      config.objectStore,
      join(config.dataFolder, "staging"),
    ),
    modelDirs: modelDirsOf(config.inference.modelFolders),
    name: `${hostname()} ${String(process.pid)}`,
  });
  return {
    trainer,
    async close() {
      clock.stop();
      await database.close();
    },
  };
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The trainer could not start. ${message}\n`);
  process.exit(1);
});
