import { setTimeout as sleep } from "node:timers/promises";

export interface WatchTimes {
  everyMs: number;
  /** Looks in a row without a sign of life before a process counts as hung. */
  misses: number;
  /** The same for one that has given none yet, while it starts. */
  startMisses: number;
}

/**
 * A process that is busy is slow for seconds; one that gave no sign through
 * five looks is stopped, dead-locked or out of memory. Misses are counted,
 * not seconds: a laptop that slept all night finds nobody hung. To start takes a
 * minute at most where a machine is busy; three, and it will not get there.
 */
const TIMES: WatchTimes = { everyMs: 3_000, misses: 5, startMisses: 60 };

/**
 * Looks again and again whether a process lives: it answers an address, or it
 * was heard since the last look. Until its first sign of life it has longer, so
 * that a slow start is no hang, and one that hangs in its start is.
 */
export class Watch {
  readonly #stopped = new AbortController();
  #wasHeard = false;
  #hasLived = false;

  constructor(
    private readonly url: string | undefined,
    private readonly onHang: (seconds: number) => void,
    private readonly times: WatchTimes = TIMES,
  ) {}

  start(): void {
    this.#run().catch(() => undefined); // ends by the abort only
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** A sign of life that came by itself. */
  heard(): void {
    this.#wasHeard = true;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    const { everyMs, misses, startMisses } = this.times;
    let missed = 0;
    while (!signal.aborted) {
      await sleep(everyMs, undefined, { signal, ref: false });
      const isAlive = await this.#look();
      signal.throwIfAborted();
      if (isAlive) this.#hasLived = true;
      missed = isAlive ? 0 : missed + 1;
      if (missed < (this.#hasLived ? misses : startMisses)) continue;
      this.onHang(Math.round((missed * everyMs) / 1_000));
      return;
    }
  }

  async #look(): Promise<boolean> {
    if (this.url === undefined) {
      const wasHeard = this.#wasHeard;
      this.#wasHeard = false;
      return wasHeard;
    }
    return answers(this.url, this.times.everyMs);
  }
}

/** Any answer is a sign of life, a refusal too. */
async function answers(url: string, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
