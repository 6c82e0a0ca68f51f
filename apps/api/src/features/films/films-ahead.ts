import type { DerivedFilms } from "./derived-films.ts";

/** Nothing has come in for so long before films are made ready. */
const QUIET_MS = 1_500;
/** Between two films, so that whoever asks for something is heard. */
const PAUSE_MS = 20;
/** A hash each; beyond, a film is made ready when somebody opens it. */
const MOST_WAITING = 10_000;
/** Whose turn it is where films are decoded: nobody's who waits. */
const OWNER = "ahead";

/**
 * Makes the samples of new films ready while nothing else comes in, so that the
 * first reader of a film waits no longer than the second. Nobody looks at them
 * by that, and what cannot be made says so where somebody does.
 */
export class FilmsAhead {
  readonly #derived: Pick<DerivedFilms, "pixels">;
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #isAtWork = false;
  #quietFrom = 0;

  constructor(derived: Pick<DerivedFilms, "pixels">) {
    this.#derived = derived;
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
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        if (this.#quietFrom > performance.now()) this.#wait();
        else void this.#makeNext();
      },
      Math.max(PAUSE_MS, left),
    );
    // A server that stops does not wait for it.
    this.#timer.unref();
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
