import type { Origin } from "../../access/viewer.ts";
import { AppError } from "../../errors.ts";
import type { AttemptLimits, Limit } from "../../platform/attempt-limits.ts";
import type { Clock } from "../../platform/clock.ts";
import { hashSecret } from "../../platform/ids.ts";
import type { MetLimit, RefusedAttempts } from "./refused-attempts.ts";
import {
  ACCOUNT,
  ACCOUNT_FROM_SOURCE,
  EVERYBODY,
  KNOWN_DEVICE,
  OF_ACCOUNT,
  SESSION,
  SOURCE,
  sourceOf,
} from "./sign-in-limits.ts";

interface Counted {
  limit: Limit;
  key: string;
  reason: MetLimit;
}

export interface Attempt {
  /** The password or token was right: the attempt was none of a guesser. */
  succeeded(): Promise<void>;
}

/**
 * Decides whether a password is looked at at all. A browser that its owner
 * has signed in with is counted on its own, so that nobody can shut a
 * colleague out by guessing; strangers are counted by account, by place and
 * altogether.
 */
export class SignInGuard {
  readonly #limits: AttemptLimits;
  readonly #refused: RefusedAttempts;
  readonly #clock: Clock;

  constructor(limits: AttemptLimits, refused: RefusedAttempts, clock: Clock) {
    this.#limits = limits;
    this.#refused = refused;
    this.#clock = clock;
  }

  /**
   * @param email as typed, lower case
   * @param device hash of the account's known device, or null
   * @throws SIGN_IN_LOCKED with the seconds to wait.
   */
  enter(
    origin: Origin,
    email: string,
    device: string | null,
  ): Promise<Attempt> {
    const account = hashSecret(email);
    const source = sourceOf(origin);
    const counted: Counted[] =
      device === null
        ? [
            {
              limit: ACCOUNT_FROM_SOURCE,
              key: `${account}/${source}`,
              reason: "too-many-of-account",
            },
            { limit: SOURCE, key: source, reason: "too-many-of-source" },
            { limit: ACCOUNT, key: account, reason: "too-many-of-account" },
            { limit: EVERYBODY, key: "", reason: "too-many-of-everybody" },
          ]
        : [
            {
              limit: KNOWN_DEVICE,
              key: `${account}/${device}`,
              reason: "too-many-of-account",
            },
          ];
    return this.#enter(counted, email, source);
  }

  /**
   * The same for a token of an identity provider, before it is verified: whose
   * it is nobody knows yet, and one that opens no account can be sent again
   * until it expires.
   */
  async enterWithToken(origin: Origin): Promise<Attempt> {
    const source = sourceOf(origin);
    const taken = await this.#take(
      [
        { limit: SOURCE, key: source, reason: "too-many-of-source" },
        { limit: EVERYBODY, key: "", reason: "too-many-of-everybody" },
      ],
      null,
      source,
    );
    return { succeeded: () => this.#giveBack(taken) };
  }

  /** The same for the password asked for again within a session. */
  enterAgain(
    origin: Origin,
    email: string,
    sessionId: string,
  ): Promise<Attempt> {
    return this.#enter(
      [{ limit: SESSION, key: sessionId, reason: "too-many-of-account" }],
      email,
      sourceOf(origin),
    );
  }

  /** A new password ends the waits for its account. */
  forgetAccount(email: string): Promise<void> {
    return this.#limits.forget(OF_ACCOUNT, hashSecret(email));
  }

  async #enter(
    counted: readonly Counted[],
    email: string,
    source: string,
  ): Promise<Attempt> {
    const taken = await this.#take(counted, email, source);
    return { succeeded: () => this.#succeeded(taken) };
  }

  async #take(
    counted: readonly Counted[],
    email: string | null,
    source: string,
  ): Promise<Counted[]> {
    const taken: Counted[] = [];
    for (const one of counted) {
      const { isAllowed, until } = await this.#limits.take(one.limit, one.key);
      if (!isAllowed) {
        await this.#giveBack(taken);
        this.#refused.count(email, source, one.reason);
        throw lockedError(until ?? this.#clock.now(), this.#clock.now());
      }
      taken.push(one);
    }
    return taken;
  }

  /** The account's own count starts anew, the shared ones lose one. */
  async #succeeded([own, ...shared]: readonly Counted[]): Promise<void> {
    if (own !== undefined) await this.#limits.forget([own.limit], own.key);
    await this.#giveBack(shared);
  }

  async #giveBack(taken: readonly Counted[]): Promise<void> {
    for (const { limit, key } of taken) await this.#limits.giveBack(limit, key);
  }
}

function lockedError(until: Date, now: Date): AppError {
  const seconds = Math.max(
    1,
    Math.ceil((until.getTime() - now.getTime()) / 1000),
  );
  return new AppError(
    "SIGN_IN_LOCKED",
    `Too many failed attempts. Try again in ${String(seconds)} seconds.`,
    { details: { retryAfterSeconds: seconds } },
  );
}
