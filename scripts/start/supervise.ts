import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { StartFailure } from "./failure.ts";
import { type Listening, portProblem } from "./ports.ts";
import type { RunRecord } from "./run-record.ts";
import { ServiceLog } from "./service-log.ts";
import { signalGroup } from "./signal-group.ts";

const STOP_TIMEOUT_MS = 25_000;
const READY_TIMEOUT_MS = 120_000;
/** More ends than this within a minute is a defect, not an accident. */
const MOST_RESTARTS_A_MINUTE = 5;
/** The same for a service that was never ready. */
const MOST_FAILED_STARTS = 2;

export interface Service {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Where it listens, if it does. */
  listening?: Listening;
  /** Address that answers 2xx or 3xx once the service is ready. */
  readyUrl?: string;
  /** It listens nowhere, and sends its parent a message once it is ready. */
  tellsReady?: boolean;
}

/** Keeps child processes running until told to stop. */
export class Supervisor {
  readonly #running = new Map<string, ChildProcess>();
  readonly #logs = new Map<string, ServiceLog>();
  readonly #ready = new WeakSet<ChildProcess>();
  readonly #ends = new Map<string, number[]>();
  #stopping: Promise<void> | undefined;

  constructor(
    private readonly logDir: string,
    private readonly record: RunRecord,
    private readonly say: (line: string) => void,
    private readonly onGiveUp: (message: string) => void,
  ) {}

  /**
   * Starts a service, restarts it when it ends, and waits until it is ready.
   *
   * @throws StartFailure saying why it does not get ready.
   */
  async start(service: Service): Promise<void> {
    await this.#spawn(service);
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (this.#stopping === undefined) {
      if (await this.#isReady(service)) return;
      const ends = this.#ends.get(service.name)?.length ?? 0;
      if (ends >= MOST_FAILED_STARTS || Date.now() > deadline)
        throw await this.#failure(service, "does not get ready");
      await sleep(150);
    }
  }

  /** Asks every service to end; kills what has not ended by itself. */
  stopAll(): Promise<void> {
    this.#stopping ??= Promise.all([...this.#running.values()].map(end)).then(
      () => undefined,
    );
    return this.#stopping;
  }

  async #spawn(service: Service): Promise<void> {
    if (this.#stopping !== undefined) return;
    const log = this.#logOf(service);
    const output = log.open();
    const child = spawn(service.command, service.args, {
      cwd: service.cwd,
      env: service.env,
      // Its own group: Ctrl-C reaches the launcher only, which stops in order.
      detached: true,
      stdio: service.tellsReady
        ? ["ignore", output, output, "ipc"]
        : ["ignore", output, output],
    });
    child.once("message", () => this.#ready.add(child));
    closeSync(output);
    child.once("error", (error) =>
      this.onGiveUp(
        `The ${service.name} could not be started: ${error.message}`,
      ),
    );
    child.once("exit", (code, signal) => {
      if (this.#stopping !== undefined) return;
      this.#restart(service, signal ?? `code ${code}`).catch((error: unknown) =>
        this.onGiveUp(
          `The ${service.name} could not be started again: ${String(error)}`,
        ),
      );
    });
    if (child.pid === undefined) return;
    this.#running.set(service.name, child);
    await this.record.add(service.name, child.pid);
  }

  async #restart(service: Service, how: string): Promise<void> {
    const minuteAgo = Date.now() - 60_000;
    const ends = (this.#ends.get(service.name) ?? []).filter(
      (at) => at > minuteAgo,
    );
    ends.push(Date.now());
    this.#ends.set(service.name, ends);
    const isTooOften = ends.length > MOST_RESTARTS_A_MINUTE;
    const isPortTaken =
      ends.length >= MOST_FAILED_STARTS &&
      (await this.#portProblem(service)) !== undefined;
    if (isTooOften || isPortTaken) {
      const times = `ended ${ends.length} times within a minute (${how})`;
      const { message } = await this.#failure(service, times);
      this.onGiveUp(message);
      return;
    }
    this.say(`The ${service.name} ended (${how}); starting it again`);
    await sleep(200 * 2 ** ends.length);
    await this.#spawn(service);
  }

  /** One sentence where the reason is known, else the end of the log. */
  async #failure(service: Service, what: string): Promise<StartFailure> {
    const problem = await this.#portProblem(service);
    if (problem !== undefined) return problem;
    const log = this.#logOf(service);
    return new StartFailure(
      `The ${service.name} ${what}. The end of its log (${log.file}):\n${await log.lastLines()}`,
    );
  }

  /** Another program on the address of a service that has ended. */
  async #portProblem(service: Service): Promise<StartFailure | undefined> {
    if (service.listening === undefined || this.#isRunning(service)) return;
    return portProblem(service.listening);
  }

  async #isReady({ name, readyUrl, tellsReady }: Service): Promise<boolean> {
    const child = this.#running.get(name);
    if (tellsReady) return child !== undefined && this.#ready.has(child);
    return readyUrl === undefined || answers(readyUrl);
  }

  #isRunning({ name }: Service): boolean {
    const child = this.#running.get(name);
    return child?.exitCode === null && child.signalCode === null;
  }

  #logOf({ name }: Service): ServiceLog {
    const known = this.#logs.get(name);
    if (known !== undefined) return known;
    const log = new ServiceLog(this.logDir, name);
    this.#logs.set(name, log);
    return log;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  signalGroup(child.pid, "SIGTERM");
  const killer = setTimeout(
    () => signalGroup(child.pid, "SIGKILL"),
    STOP_TIMEOUT_MS,
  );
  await ended;
  clearTimeout(killer);
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
