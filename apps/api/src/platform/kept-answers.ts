import type { Clock } from "./clock.ts";

interface Kept<Value> {
  value: Promise<Value>;
  until: number;
}

/** Answers that may be some time old, each asked for once in that time. */
export class KeptAnswers<Value> {
  readonly #clock: Clock;
  readonly #keptMs: number;
  readonly #most: number;
  readonly #kept = new Map<string, Kept<Value>>();

  constructor(
    clock: Clock,
    { keptMs, most }: { keptMs: number; most: number },
  ) {
    this.#clock = clock;
    this.#keptMs = keptMs;
    this.#most = most;
  }

  /** The answer under the key, asked for where it is not here or too old. */
  get(key: string, ask: () => Promise<Value>): Promise<Value> {
    const now = this.#clock.now().getTime();
    const known = this.#kept.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const value = ask();
    this.#kept.delete(key); // so that the map's order is by age
    this.#kept.set(key, { value, until: now + this.#keptMs });
    if (this.#kept.size > this.#most) this.#forgetOldest();
    value.catch(() => {
      if (this.#kept.get(key)?.value === value) this.#kept.delete(key);
    });
    return value;
  }

  #forgetOldest(): void {
    const oldest = this.#kept.keys().next();
    if (oldest.done !== true) this.#kept.delete(oldest.value);
  }
}
