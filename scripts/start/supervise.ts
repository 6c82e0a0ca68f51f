import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { StartFailure } from "./failure.ts";
import { type Listening, portProblem } from "./ports.ts";
import type { RunRecord } from "./run-record.ts";
import { ServiceLog } from "./service-log.ts";
import { signalGroup } from "./signal-group.ts";
import { Watch } from "./watch.ts";

const STOP_TIMEOUT_MS = 25_000;
const READY_TIMEOUT_MS = 120_000;
/** A service that was never ready and ended as often is not waited for. */
const MOST_FAILED_STARTS = 2;
/** One that ran for so long ended by accident, not by a defect. */
const SOUND_RUN_MS = 60_000;
const FIRST_PAUSE_MS = 400;
/** Back within a minute once the cause is gone, start included. */
const LONGEST_PAUSE_MS = 15_000;
/** From this end on a service is said to fail, once, until it is back. */
const ENDS_TO_TELL = 4;

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
  /** It listens nowhere, and sends its parent messages: ready, and alive. */
  tellsReady?: boolean;
  /** Address that answers, whatever it says, while the service is alive. */
  aliveUrl?: string;
  /** The desk starts and stays without it; what then is missing. */
  mayBeAway?: string;
}

/** What the supervisor knows of one service. */
interface ServiceState {
  log: ServiceLog;
  child: ChildProcess | undefined;
  startedAt: number;
  isReady: boolean;
  wasReady: boolean;
  /** Ends since it last ran for a while. */
  ends: number;
  watch: Watch | undefined;
}

/**
 * Keeps child processes running until told to stop. One that ends is started
 * again, for as long as it takes and with growing pauses; one that does not
 * answer is ended first. Only a first start gives up, and tells why.
 */
export class Supervisor {
  readonly #states = new Map<string, ServiceState>();
  #stopping: Promise<void> | undefined;

  constructor(
    private readonly logDir: string,
    private readonly record: RunRecord,
    private readonly say: (line: string) => void,
    private readonly onGiveUp: (message: string) => void,
  ) {}

  /**
   * Starts a service, restarts it when it ends, and waits until it is ready.
   * One that may be away is only said not to start, and tried on.
   *
   * @throws StartFailure saying why it does not get ready.
   */
  async start(service: Service): Promise<void> {
    const state = this.#stateOf(service);
    await this.#spawn(service, state);
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (this.#stopping === undefined) {
      if (await this.#isReady(service, state)) {
        state.wasReady = true;
        return;
      }
      if (state.ends >= MOST_FAILED_STARTS || Date.now() > deadline) {
        const failure = await this.#failure(service, "does not get ready");
        if (service.mayBeAway === undefined) throw failure;
        state.wasReady = true;
        this.say(`${service.mayBeAway} ${failure.message}`);
        return;
      }
      await sleep(150);
    }
  }

  /** Asks every service to end; kills what has not ended by itself. */
  stopAll(): Promise<void> {
    this.#stopping ??= Promise.all(
      [...this.#states.values()].map(async ({ child, watch }) => {
        watch?.stop();
        if (child !== undefined) await end(child);
      }),
    ).then(() => undefined);
    return this.#stopping;
  }

  async #spawn(service: Service, state: ServiceState): Promise<void> {
    if (this.#stopping !== undefined) return;
    const output = state.log.open();
    const child = spawn(service.command, service.args, {
      cwd: service.cwd,
      env: service.env,
      // Its own group: Ctrl-C reaches the launcher only, which stops in order.
      detached: true,
      stdio: service.tellsReady
        ? ["ignore", output, output, "ipc"]
        : ["ignore", output, output],
    });
    if (output !== "ignore") closeSync(output);
    Object.assign(state, { child, startedAt: Date.now(), isReady: false });
    const again = (how: string) => {
      state.watch?.stop();
      if (this.#stopping !== undefined) return;
      this.#restart(service, state, how).catch((error: unknown) =>
        this.onGiveUp(
          `The ${service.name} could not be started again: ${String(error)}`,
        ),
      );
    };
    // No process was made, so there is no exit either.
    child.once("error", (error) => {
      if (child.pid === undefined) again(error.message);
    });
    child.once("exit", (code, signal) => again(signal ?? `code ${code}`));
    if (child.pid === undefined) return;
    this.#watch(service, state, child);
    await this.record.add(service.name, child.pid);
  }

  /** Ends what hangs; its exit then starts it again. */
  #watch(service: Service, state: ServiceState, child: ChildProcess): void {
    const onHang = (seconds: number) => {
      this.say(
        `The ${service.name} has not answered for ${seconds} s; ending it and starting it again`,
      );
      signalGroup(child.pid, "SIGKILL");
    };
    const watch = new Watch(service.aliveUrl, onHang);
    child.on("message", () => {
      state.isReady = true;
      watch.heard();
    });
    if (service.tellsReady || service.aliveUrl !== undefined) watch.start();
    state.watch = watch;
  }

  async #restart(
    service: Service,
    state: ServiceState,
    how: string,
  ): Promise<void> {
    const ranFor = Date.now() - state.startedAt;
    state.ends = ranFor > SOUND_RUN_MS ? 1 : state.ends + 1;
    const { ends, wasReady } = state;
    // A first start is given up where `start` waits for it.
    if (!wasReady && ends >= MOST_FAILED_STARTS && !service.mayBeAway) return;
    if (ends < ENDS_TO_TELL)
      this.say(`The ${service.name} ended (${how}); starting it again`);
    if (ends === ENDS_TO_TELL) {
      const failure = await this.#failure(service, `keeps ending (${how})`);
      const pause = LONGEST_PAUSE_MS / 1_000;
      this.say(
        `${service.mayBeAway ?? ""} ${failure.message}\nIt is tried again every ${pause} s.`.trim(),
      );
    }
    await sleep(Math.min(FIRST_PAUSE_MS * 2 ** (ends - 1), LONGEST_PAUSE_MS));
    await this.#spawn(service, state);
    if (ends >= ENDS_TO_TELL) void this.#tellBack(service, state);
  }

  /** Says once that what kept ending runs again. */
  async #tellBack(service: Service, state: ServiceState): Promise<void> {
    const { child } = state;
    while (this.#stopping === undefined && state.child === child) {
      if (isRunning(child) && (await this.#isReady(service, state))) {
        this.say(`The ${service.name} is back`);
        return;
      }
      if (!isRunning(child)) return;
      await sleep(500);
    }
  }

  /** One sentence where the reason is known, else the end of the log. */
  async #failure(service: Service, what: string): Promise<StartFailure> {
    const { log, child } = this.#stateOf(service);
    if (service.listening !== undefined && !isRunning(child)) {
      const problem = await portProblem(service.listening);
      if (problem !== undefined) return problem;
    }
    return new StartFailure(
      `The ${service.name} ${what}. The end of its log (${log.file}):\n${await log.lastLines()}`,
    );
  }

  async #isReady(service: Service, state: ServiceState): Promise<boolean> {
    if (service.tellsReady) return state.isReady;
    return service.readyUrl === undefined || isOk(service.readyUrl);
  }

  #stateOf({ name }: Service): ServiceState {
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    const state: ServiceState = {
      log: new ServiceLog(this.logDir, name),
      child: undefined,
      startedAt: 0,
      isReady: false,
      wasReady: false,
      ends: 0,
      watch: undefined,
    };
    this.#states.set(name, state);
    return state;
  }
}

function isRunning(child: ChildProcess | undefined): boolean {
  return child?.exitCode === null && child.signalCode === null;
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

async function isOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(2_000),
    });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    return false;
  }
}
