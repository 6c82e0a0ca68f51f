import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { hashSecret } from "../../platform/ids.ts";
import { waitAfterFailures } from "./lock-out.rules.ts";

/** Addresses remembered; the oldest goes when it is full. */
const MAX_REMEMBERED = 10_000;

interface Failures {
  count: number;
  lockedUntil: Date | null;
}

/**
 * Failed sign-ins of addresses that nobody has. They wait like those of
 * users, so that the wait does not tell who exists. One process's memory is
 * enough: nothing is protected by it but that secret.
 */
export class StrangerFailures {
  readonly #clock: Clock;
  readonly #failures = new Map<string, Failures>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  lockedUntil(email: string): Date | null {
    return this.#failures.get(keyOf(email))?.lockedUntil ?? null;
  }

  count(email: string): void {
    const key = keyOf(email);
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    const wait = waitAfterFailures(count);
    const lockedUntil = wait === 0 ? null : addSeconds(this.#clock.now(), wait);
    this.#failures.delete(key); // so that the map's order is by age
    this.#failures.set(key, { count, lockedUntil });
    if (this.#failures.size <= MAX_REMEMBERED) return;
    const oldest = this.#failures.keys().next();
    if (oldest.done !== true) this.#failures.delete(oldest.value);
  }
}

function keyOf(email: string): string {
  return hashSecret(email.trim().toLowerCase());
}
