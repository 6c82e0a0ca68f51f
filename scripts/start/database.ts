import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import { appendLog } from "./append-log.ts";
import type { StartConfig } from "./config.ts";

/** More ends than this within a minute is a defect, not an accident. */
const MOST_RESTARTS_A_MINUTE = 5;

export interface DeskDatabase {
  url: string;
  stop(): Promise<void>;
  /** Ends it at once; the next start recovers what was committed. */
  kill(): void;
}

export interface DatabaseOptions {
  say: (line: string) => void;
  /** Told the reason when the server cannot be kept running. */
  onGiveUp: (error: unknown) => void;
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
  { say, onGiveUp, signal }: DatabaseOptions,
): Promise<DeskDatabase> {
  const log = appendLog(join(config.dataDir, "logs", "postgres.log"));
  const start = (port: number | undefined) =>
    startEmbeddedPostgres({ dataDir: config.dataDir, log, port, signal });
  let server = await start(config.databasePort);
  const { url, port } = server;
  const keepRunning = async (): Promise<void> => {
    let ends: number[] = [];
    for (;;) {
      const code = await server.exited;
      if (signal.aborted) return;
      const minuteAgo = Date.now() - 60_000;
      ends = [...ends.filter((at) => at > minuteAgo), Date.now()];
      if (ends.length > MOST_RESTARTS_A_MINUTE) throw server.explainEnd();
      say(`The database ended (code ${code ?? "signal"}); starting it again`);
      await sleep(200 * ends.length, undefined, { signal });
      server = await start(port);
    }
  };
  const kept = keepRunning().catch((error: unknown) => {
    if (!signal.aborted) onGiveUp(error);
  });
  return {
    url,
    kill: () => void process.kill(server.pid, "SIGQUIT"),
    async stop() {
      await server.stop();
      await kept;
    },
  };
}
