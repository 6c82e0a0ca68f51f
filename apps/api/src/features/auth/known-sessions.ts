import type { SessionNews } from "../../platform/session-news.ts";

/** However well the news are heard, nothing is believed for longer. */
const KEPT_MS = 5_000;
/** A change of ours takes less than that from its statement to its commit. */
const HELD_MS = 5_000;
const MAX_KEPT = 10_000;

interface Kept<Row> {
  row: Row;
  userId: string;
  until: number;
}

/**
 * Rows of sessions, kept for a few seconds, so that not every request asks
 * the database who it is. What the tables tell (`platform/session-news.ts`)
 * drops a user's at once, whichever process changed them; while the news are
 * not heard, nothing is kept. This process's own changes are not even kept
 * until they are told: from the statement on, the user's sessions are read.
 */
export class KnownSessions<Row extends { userId: string }> {
  readonly #isHeard: () => boolean;
  readonly #kept = new Map<string, Kept<Row>>();
  readonly #held = new Map<string, number>();
  /** Raised by every piece of news: what was read before it is not kept. */
  #generation = 0;

  constructor(news: Pick<SessionNews, "isHeard" | "listen">) {
    this.#isHeard = () => news.isHeard();
    news.listen({
      changed: (userId) => this.#drop(userId),
      missed: () => {
        this.#generation += 1;
        this.#kept.clear();
      },
    });
  }

  /** The row under the key as it is kept, else as `read` finds it. */
  async get(key: string, read: () => Promise<Row | null>): Promise<Row | null> {
    const now = performance.now();
    const kept = this.#kept.get(key);
    if (kept !== undefined && this.#isHeard() && kept.until > now)
      return kept.row;
    this.#kept.delete(key);
    const generation = this.#generation;
    const row = await read();
    if (row !== null && generation === this.#generation && this.#isHeard())
      this.#keep(key, row);
    return row;
  }

  /** To be called in the change itself, before it commits. */
  holdBack(userId: string): void {
    this.#drop(userId);
    this.#held.set(userId, performance.now() + HELD_MS);
  }

  #keep(key: string, row: Row): void {
    const now = performance.now();
    const { userId } = row;
    if ((this.#held.get(userId) ?? 0) > now) return;
    this.#held.delete(userId);
    if (this.#kept.size >= MAX_KEPT) {
      const oldest = this.#kept.keys().next();
      if (oldest.done !== true) this.#kept.delete(oldest.value);
    }
    this.#kept.set(key, { row, userId, until: now + KEPT_MS });
  }

  #drop(userId: string): void {
    this.#generation += 1;
    for (const [key, kept] of this.#kept)
      if (kept.userId === userId) this.#kept.delete(key);
  }
}
