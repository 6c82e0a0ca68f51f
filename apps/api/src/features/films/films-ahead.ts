import type { DerivedFilms } from "./derived-films.ts";

/** Nothing has come in for so long before films are made ready. */
const QUIET_MS = 1_500;
/** Between two films: so long this process is listened to for others' work. */
const PAUSE_MS = 200;
/** Above this share of a pause somebody is being answered. */
const BUSY_SHARE = 0.05;
/** After so many pauses the next film is made in any case. */
const LONGEST_REST = 10;
/** A hash each; beyond, a film is made ready when somebody opens it. */
const MOST_WAITING = 10_000;
/** Whose turn it is where films are decoded: nobody's who waits. */
const OWNER = "ahead";

/** The share of the time since it was asked last that there was work, 0 to 1. */
export type LoopUse = () => number;

function useOfLoop(): LoopUse {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}

/**
 * Makes the samples of new films ready while nothing else is asked, so that the
 * first reader of a film waits no longer than the second: after a hundred films
 * that came at once it would hold a core for a quarter of a minute otherwise.
 * Nobody looks at them by that, and what cannot be made says so where somebody
 * does.
 */
export class FilmsAhead {
  readonly #derived: Pick<DerivedFilms, "pixels">;
  readonly #use: LoopUse;
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #isAtWork = false;
  #quietFrom = 0;
  #rested = 0;

  /** @param use how much this process had to do; as the event loop says */
  constructor(
    derived: Pick<DerivedFilms, "pixels">,
    use: LoopUse = useOfLoop(),
  ) {
    this.#derived = derived;
    this.#use = use;
  }

  /** A film has come in. */
  note(sha256: string): void {
    if (this.#waiting.size < MOST_WAITING) this.#waiting.add(sha256);
    this.#quietFrom = performance.now() + QUIET_MS;
    this.#wait();
  }

  #wait(): void {
    if (this.#timer !== null || this.#isAtWork) return;
    const left = this.#quietFrom - performance.now();
    this.#use();
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        if (this.#mayGoOn()) void this.#makeNext();
        else this.#wait();
      },
      Math.max(PAUSE_MS, left),
    );
    // A server that stops does not wait for it.
    this.#timer.unref();
  }

  #mayGoOn(): boolean {
    const isBusy = this.#use() > BUSY_SHARE;
    if (this.#quietFrom > performance.now()) return false;
    if (isBusy && ++this.#rested < LONGEST_REST) return false;
    this.#rested = 0;
    return true;
  }

  async #makeNext(): Promise<void> {
    const [sha256] = this.#waiting;
    if (sha256 === undefined) return;
    this.#waiting.delete(sha256);
    this.#isAtWork = true;
    try {
      await this.#derived.pixels(sha256, OWNER);
    } catch {
      // Whoever opens the film is told why.
    } finally {
      this.#isAtWork = false;
    }
    if (this.#waiting.size > 0) this.#wait();
  }
}
