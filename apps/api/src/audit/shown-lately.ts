import type { Clock } from "../platform/clock.ts";

const REPEAT_MS = 60_000;
/** A few hundred bytes each; the oldest goes when it is full. */
const MAX_REMEMBERED = 50_000;

/**
 * Which looks of a session are in the trail since less than a minute: a page
 * that brings itself up to date is one look a minute, not one a second.
 */
export class ShownLately {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the session had this look, on record, less than a minute ago. */
  knows(sessionId: string, look: string): boolean {
    const until = this.#until.get(`${sessionId} ${look}`);
    return until !== undefined && until > this.#clock.now().getTime();
  }

  /** To be called once the look is on record, and not before. */
  remember(sessionId: string, look: string): void {
    const key = `${sessionId} ${look}`;
    if (this.knows(sessionId, look)) return;
    this.#until.delete(key); // so that the map's order is by age
    this.#until.set(key, this.#clock.now().getTime() + REPEAT_MS);
    if (this.#until.size <= MAX_REMEMBERED) return;
    const oldest = this.#until.keys().next();
    if (oldest.done !== true) this.#until.delete(oldest.value);
  }
}
