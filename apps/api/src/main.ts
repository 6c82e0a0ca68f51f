import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@lung-iris/prisma";
import type { Database } from "@lung-iris/prisma";
import {
  MigrationError,
  applicationRoleProblems,
  assertNotNewer,
} from "@lung-iris/prisma/migrate";
import { AuditLog } from "./audit/audit-log.ts";
import { CheckpointFolder } from "./audit/checkpoints/checkpoint-folder.ts";
import { CheckpointKeeper } from "./audit/checkpoints/checkpoint-keeper.ts";
import { TrailWatch } from "./audit/checkpoints/trail-watch.ts";
import { ConfigError, readConfig } from "./config.ts";
import type { ApiConfig } from "./config.ts";
import { closeDemoAccounts } from "./demo/demo-accounts.ts";
import { createIdentityProvider } from "./features/auth/identity-provider.ts";
import { createLogger } from "./logger.ts";
import type { Logger } from "./logger.ts";
import type { Clock } from "./platform/clock.ts";
import { createDatabaseClock } from "./platform/database-clock.ts";
import { DecodedFilms } from "./platform/decoded-films.ts";
import { createFilmReader } from "./platform/inference-client.ts";
import { createNotificationHub } from "./platform/notification-hub.ts";
import { openObjectStore } from "./platform/open-object-store.ts";
import { createServer } from "./server.ts";

/** A request that runs longer than this at the end is cut off. */
const DRAIN_LIMIT_MS = 20_000;

async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel).child({ process: "api" });
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
  await assertNotNewer(config.database.url);
  for (const problem of await applicationRoleProblems(config.database.url))
    logger.warn({ problem }, "the database's role is more than it should be");
  const database = createDatabase(config.database.url, {
    poolSize: config.database.poolSize,
  });
  const notifications = createNotificationHub({
    databaseUrl: config.database.url,
    log: logger,
  });
  // One thread leaves the other core to the worker's model.
  const decoded = new DecodedFilms(config.dataFolder);
  await decoded.clear();
  const purge = decoded.purgeRegularly();
  const filmReader = await createFilmReader({
    threads: Math.max(1, Math.floor(availableParallelism() / 2)),
    decoded,
  });
  const clock = await createDatabaseClock({
    client: database.client,
    log: logger,
  });
  if (!config.isDemo) await closeDemo(database, clock, logger);
  const server = await createServer({
    config,
    database,
    clock,
    logger,
    objectStore: await openObjectStore(
      config.objectStore,
      join(config.dataFolder, "staging"),
    ),
    notifications,
    filmReader,
    identityProvider:
      config.oidc === null ? null : createIdentityProvider(config.oidc),
  });
  await notifications.start();
  const { client } = database;
  const checkpoints = new CheckpointFolder(config.dataFolder);
  const keeper = new CheckpointKeeper({
    client,
    folder: checkpoints,
    clock,
    logger,
  });
  await keeper.start();
  const audit = new AuditLog(client, clock);
  const watch = new TrailWatch({ client, audit, checkpoints, clock, logger });
  watch.start();
  const { port, address } = await server.listen(config.port, config.host);
  logger.info({ port, address, isDemo: config.isDemo }, "listening");
  return async () => {
    clock.stop();
    watch.stop();
    await server.close();
    await keeper.stop();
    await notifications.stop();
    await filmReader.close();
    purge.stop();
    await database.close();
  };
}

/** Before the first request; the launcher says it too, where there is one. */
async function closeDemo(
  database: Database,
  clock: Clock,
  logger: Logger,
): Promise<void> {
  const audit = new AuditLog(database.client, clock);
  const closed = await closeDemoAccounts(audit, clock);
  if (closed.length > 0)
    logger.warn(
      { closed: closed.length },
      "demo is off: its users deactivated",
    );
}

main().catch((error: unknown) => {
  const message =
    error instanceof ConfigError ||
    error instanceof MigrationError ||
    isPortTaken(error)
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`The API could not start. ${message}\n`);
  process.exit(1);
});

function isPortTaken(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && "code" in error && error.code === "EADDRINUSE"
  );
}
