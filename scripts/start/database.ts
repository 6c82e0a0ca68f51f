import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "@lung-iris/local-postgres";
import { appendLog } from "./append-log.ts";
import type { StartConfig } from "./config.ts";

/** A server that ran for so long ended by accident, not by a defect. */
const SOUND_RUN_MS = 60_000;
const FIRST_PAUSE_MS = 200;
/** Back soon once the cause (most often a full disk) is gone. */
const LONGEST_PAUSE_MS = 5_000;
const LOOK_EVERY_MS = 3_000;
/** Looks in a row without an answer before the server counts as hung. */
const MOST_MISSES = 5;

export interface DeskDatabase {
  url: string;
  stop(): Promise<void>;
  /** Ends it at once; the next start recovers what was committed. */
  kill(): void;
}

export interface DatabaseOptions {
  say: (line: string) => void;
  /** Gives a start up, and ends the restarting. */
  signal: AbortSignal;
}

/**
 * Starts the embedded server and keeps it running on one port, the only one
 * that the other processes know.
 *
 * @throws EmbeddedPostgresError when it cannot be started.
 */
export async function startDatabase(
  config: StartConfig,
  { say, signal }: DatabaseOptions,
): Promise<DeskDatabase> {
  const log = appendLog(join(config.dataDir, "logs", "postgres.log"));
  const start = (port: number | undefined) =>
    startEmbeddedPostgres({ dataDir: config.dataDir, log, port, signal });
  const current = { server: await start(config.databasePort) };
  const kept = keepRunning(current, start, { say, signal }).catch(
    () => undefined, // ends by the abort only
  );
  const { url } = current.server;
  return {
    url,
    kill: () => void process.kill(current.server.pid, "SIGQUIT"),
    async stop() {
      await current.server.stop();
      await kept;
    },
  };
}

/**
 * For as long as it takes: whatever keeps the server from running, a full
 * disk above all, may pass, and then nobody should have to come.
 */
async function keepRunning(
  current: { server: EmbeddedPostgres },
  start: (port: number) => Promise<EmbeddedPostgres>,
  { say, signal }: DatabaseOptions,
): Promise<void> {
  const { port } = current.server;
  let ends = 0;
  for (;;) {
    const startedAt = Date.now();
    const watch = endWhenHung(current.server, say, signal);
    const code = await current.server.exited;
    watch.abort();
    signal.throwIfAborted();
    ends = Date.now() - startedAt > SOUND_RUN_MS ? 1 : ends + 1;
    say(`The database ended (code ${code ?? "signal"}); starting it again`);
    for (let isRunning = false; !isRunning; ends++) {
      const pause = FIRST_PAUSE_MS * 2 ** (ends - 1);
      await sleep(Math.min(pause, LONGEST_PAUSE_MS), undefined, { signal });
      isRunning = await start(port).then(
        (server) => Boolean((current.server = server)),
        (error: unknown) => {
          signal.throwIfAborted();
          say(`The database does not start yet. ${messageOf(error)}`);
          return false;
        },
      );
    }
    say("The database is back");
  }
}

/** A server that takes no connection is killed; its log brings all back. */
function endWhenHung(
  server: EmbeddedPostgres,
  say: (line: string) => void,
  stopped: AbortSignal,
): AbortController {
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, stopped]);
  const look = async () => {
    for (let misses = 0; misses < MOST_MISSES;) {
      await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false });
      misses = (await server.answers(LOOK_EVERY_MS)) ? 0 : misses + 1;
      signal.throwIfAborted();
    }
    say("The database does not answer; ending it and starting it again");
    server.kill();
  };
  look().catch(() => undefined); // aborted
  return ended;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
