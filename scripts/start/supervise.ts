import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, renameSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartFailure } from "./failure.ts";
import { type RunRecord, signalGroup } from "./run-record.ts";

const LARGEST_LOG_BYTES = 50 * 2 ** 20;
const STOP_TIMEOUT_MS = 15_000;
/** More ends than this within a minute is a defect, not an accident. */
const MOST_RESTARTS_A_MINUTE = 5;

export interface Service {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Address that answers 2xx or 3xx once the service is ready. */
  readyUrl?: string;
  readyTimeoutMs?: number;
}

/** Keeps child processes running until told to stop. */
export class Supervisor {
  readonly #running = new Map<string, ChildProcess>();
  readonly #ends = new Map<string, number[]>();
  #stopping = false;

  constructor(
    private readonly logDir: string,
    private readonly record: RunRecord,
    private readonly say: (line: string) => void,
    private readonly onGiveUp: (message: string) => void,
  ) {}

  /**
   * Starts a service, restarts it when it ends, and waits until it is ready.
   *
   * @throws StartFailure with the last lines of its log when it does not get ready.
   */
  async start(service: Service): Promise<void> {
    await this.#spawn(service);
    if (service.readyUrl === undefined) return;
    const deadline = Date.now() + (service.readyTimeoutMs ?? 60_000);
    for (;;) {
      if (this.#stopping) return;
      if (await answers(service.readyUrl)) return;
      const ends = this.#ends.get(service.name)?.length ?? 0;
      if (ends > 1 || Date.now() > deadline)
        throw new StartFailure(
          `The ${service.name} does not get ready. The end of its log (${this.#logFile(service.name)}):\n${await this.#lastLines(service.name)}`,
        );
      await sleep(150);
    }
  }

  /** Stops services in the order given, all others first. */
  async stopAll(): Promise<void> {
    this.#stopping = true;
    await Promise.all(
      [...this.#running.values()].map(async (child) => {
        if (child.pid === undefined || child.exitCode !== null) return;
        const ended = once(child, "exit");
        signalGroup(child.pid, "SIGTERM");
        const late = Symbol("late");
        const stopper = new AbortController();
        const result = await Promise.race([
          ended,
          sleep(STOP_TIMEOUT_MS, late, { signal: stopper.signal }).catch(
            () => undefined,
          ),
        ]);
        stopper.abort();
        if (result === late) signalGroup(child.pid, "SIGKILL");
      }),
    );
  }

  async #spawn(service: Service): Promise<void> {
    const log = openLog(this.#logFile(service.name));
    const child = spawn(service.command, service.args, {
      cwd: service.cwd,
      env: service.env,
      // Its own group: Ctrl-C reaches the launcher only, which stops in order.
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    child.once("error", (error) =>
      this.onGiveUp(
        `The ${service.name} could not be started: ${error.message}`,
      ),
    );
    child.once("exit", (code, signal) => {
      if (!this.#stopping)
        void this.#restart(service, signal ?? `code ${code}`);
    });
    this.#running.set(service.name, child);
    if (child.pid !== undefined) await this.record.add(service.name, child.pid);
  }

  async #restart(service: Service, how: string): Promise<void> {
    const minuteAgo = Date.now() - 60_000;
    const ends = (this.#ends.get(service.name) ?? []).filter(
      (at) => at > minuteAgo,
    );
    ends.push(Date.now());
    this.#ends.set(service.name, ends);
    if (ends.length > MOST_RESTARTS_A_MINUTE) {
      this.onGiveUp(
        `The ${service.name} ended ${ends.length} times within a minute (${how}). Its log: ${this.#logFile(service.name)}`,
      );
      return;
    }
    this.say(`The ${service.name} ended (${how}); starting it again`);
    await sleep(200 * 2 ** ends.length);
    if (!this.#stopping) await this.#spawn(service);
  }

  #logFile(name: string): string {
    return join(this.logDir, `${name}.log`);
  }

  async #lastLines(name: string): Promise<string> {
    const text = await readFile(this.#logFile(name), "utf8").catch(() => "");
    return text.trimEnd().split("\n").slice(-15).join("\n");
  }
}

/** Opens for appending; a log that grew large becomes `.1`. */
function openLog(file: string): number {
  try {
    if (statSync(file).size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // None yet.
  }
  return openSync(file, "a", 0o600);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(2_000),
    });
    return response.status < 400;
  } catch {
    return false;
  }
}
