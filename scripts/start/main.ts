/**
 * `npm start`: everything that a desk needs, from a fresh clone, in one
 * command. Ctrl-C stops all of it; the data folder keeps everything.
 */
import { fileURLToPath } from "node:url";
import { EmbeddedPostgresError } from "@lung-iris/local-postgres";
import { MigrationError } from "@lung-iris/prisma/migrate";
import { assertServiceSettings } from "./check-settings.ts";
import { readConfig } from "./config.ts";
import { Desk } from "./desk.ts";
import { StartFailure } from "./failure.ts";
import { printAddress } from "./greeting.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const startedAt = performance.now();
let desk: Desk | undefined;
let exitCode = 0;
let signals = 0;

function say(line: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`[${seconds.padStart(5)} s] ${line}\n`);
}

function fail(error: unknown): void {
  // What breaks because of a stop is no news.
  if (desk?.isStopping === true) return;
  process.stderr.write(`\n${messageOf(error)}\n`);
  exitCode = 1;
  void stop();
}

async function stop(): Promise<void> {
  await desk?.stop((error) =>
    process.stderr.write(`While stopping: ${messageOf(error)}\n`),
  );
  process.exit(exitCode);
}

function messageOf(error: unknown): string {
  const isExpected =
    error instanceof StartFailure ||
    error instanceof EmbeddedPostgresError ||
    error instanceof MigrationError;
  if (!(error instanceof Error)) return String(error);
  return isExpected ? error.message : (error.stack ?? error.message);
}

// A terminal that was closed, or `npm start | head`: nobody reads any more.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", () => undefined);

// Whatever goes wrong in here must not leave the desk's processes alone.
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    signals++;
    if (signals === 1) process.stdout.write("\nStopping…\n");
    if (signals < 3) return void stop();
    desk?.killAll();
    process.exit(130);
  });

try {
  const config = readConfig(process.env);
  assertServiceSettings(process.env, config);
  desk = new Desk(root, config, { say, onGiveUp: fail });
  await desk.start();
  if (!desk.isStopping) printAddress(config, say);
} catch (error) {
  fail(error);
}
