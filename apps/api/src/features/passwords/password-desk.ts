import { AppError } from "../../errors.ts";
import { Gate } from "../../platform/gate.ts";
import { passwordFits } from "./password.ts";

/** Strangers who wait at most; a hundred more would only time out. */
const MAX_WAITING = 100;

/**
 * Checks passwords one at a time: each costs a core 20 ms and 19 MB, and all
 * of them share the four threads of libuv with files and names. People with a
 * known device or an open session do not stand behind strangers.
 */
export class PasswordDesk {
  readonly #strangers = new Gate(1);
  readonly #known = new Gate(1);

  /** @throws SIGN_IN_LOCKED when too many strangers wait already. */
  fits(
    storedHash: string | null | undefined,
    password: string,
    { isKnown }: { isKnown: boolean },
  ): Promise<boolean> {
    const gate = isKnown ? this.#known : this.#strangers;
    if (!isKnown && gate.waiting >= MAX_WAITING) {
      throw new AppError(
        "SIGN_IN_LOCKED",
        "Too many people sign in at this moment. Try again in 10 seconds.",
        { details: { retryAfterSeconds: 10 } },
      );
    }
    return gate.run(() => passwordFits(storedHash, password));
  }
}
