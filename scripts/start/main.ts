/**
 * `npm start`: everything that a desk needs, from a fresh clone, in one
 * command. Ctrl-C stops all of it; the data folder keeps everything.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  startEmbeddedPostgres,
} from "@lung-iris/prisma/embedded";
import { MigrationError, migrateDeploy } from "@lung-iris/prisma/migrate";
import { appendLog } from "./append-log.ts";
import { readConfig, readSecret, type StartConfig } from "./config.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { StartFailure } from "./failure.ts";
import { printAddress } from "./greeting.ts";
import { assertPortFree } from "./ports.ts";
import { buildAll } from "./prepare.ts";
import { RunRecord } from "./run-record.ts";
import { seedDemo } from "./seed.ts";
import { describeServices } from "./services.ts";
import { Supervisor } from "./supervise.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const startedAt = performance.now();

function say(line: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`[${seconds.padStart(5)} s] ${line}\n`);
}

/** Things to undo, newest first, whenever the start fails or the desk stops. */
const undo: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

function stop(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    for (const step of undo.reverse())
      await step().catch((error: unknown) =>
        process.stderr.write(`While stopping: ${String(error)}\n`),
      );
    process.exit(exitCode);
  })();
  return stopping;
}

function fail(message: string): void {
  process.stderr.write(`\n${message}\n`);
  void stop(1);
}

async function start(config: StartConfig): Promise<void> {
  await prepareDataFolder(config.dataDir);
  const record = await RunRecord.take(config.dataDir, say);
  undo.push(() => record.release());
  await assertPortFree(config.webPort, config.host, "LUNG_IRIS_WEB_PORT");
  await assertPortFree(config.apiPort, config.host, "LUNG_IRIS_API_PORT");

  say(
    "Building the web where it changed (a fresh clone takes a minute or two)",
  );
  const build = buildAll(root);
  // Waited for below; until then a failure must not count as unhandled.
  build.catch(() => undefined);
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config)).url;
  await build;

  say("Bringing the database to the newest migration");
  await migrateDeploy(databaseUrl);

  const secret = await readSecret(config.dataDir);
  const supervisor = new Supervisor(
    join(config.dataDir, "logs"),
    record,
    say,
    fail,
  );
  undo.push(() => supervisor.stopAll());
  const services = describeServices(root, config, { databaseUrl, secret });
  say("Starting the API, the worker and the web");
  await Promise.all([
    supervisor
      .start(services.api)
      // The worker registers the model and writes the demo films through it.
      .then(() => supervisor.start(services.worker)),
    supervisor.start(services.web),
  ]);
  if (config.demo) {
    const stopped = new AbortController();
    undo.push(() => {
      stopped.abort();
      return Promise.resolve();
    });
    await seedDemo(services.demo, say, stopped.signal);
  }
  if (stopping === undefined) printAddress(config, say);
}

/** Starts the embedded server; begins again when it ends by itself. */
async function startDatabase(config: StartConfig): Promise<EmbeddedPostgres> {
  say("Starting the database");
  const log = appendLog(join(config.dataDir, "logs", "postgres.log"));
  const options = { dataDir: config.dataDir, log };
  let server = await startEmbeddedPostgres({
    ...options,
    port: config.databasePort,
  });
  const first = server;
  undo.push(() => server.stop());
  void (async () => {
    for (;;) {
      const code = await server.exited;
      if (stopping !== undefined) return;
      say(`The database ended (code ${code ?? "signal"}); starting it again`);
      // The port stays: the other processes know only this one.
      server = await startEmbeddedPostgres({ ...options, port: first.port });
    }
  })().catch((error: unknown) => fail(messageOf(error)));
  return first;
}

function messageOf(error: unknown): string {
  const expected =
    error instanceof StartFailure ||
    error instanceof EmbeddedPostgresError ||
    error instanceof MigrationError;
  if (expected) return error.message;
  return error instanceof Error
    ? (error.stack ?? error.message)
    : String(error);
}

let signals = 0;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    signals++;
    if (signals > 2) process.exit(130);
    if (signals === 1) process.stdout.write("\nStopping…\n");
    void stop(0);
  });

try {
  await start(readConfig(process.env));
} catch (error) {
  if (stopping === undefined) fail(messageOf(error));
}
