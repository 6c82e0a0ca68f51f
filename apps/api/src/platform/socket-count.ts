/** A page uses one socket; a reader with more tabs than this is a program. */
const MAX_SOCKETS = 20;
/** A page uses two; each is executed anew for every change. */
const MAX_SUBSCRIPTIONS = 40;

interface Share {
  sockets: number;
  subscriptions: number;
}

/** What each user holds open in this process, and how much is allowed. */
export class SocketCount {
  readonly #shares = new Map<string, Share>();

  /** Counts one more socket; false where the user has all that are allowed. */
  takeSocket(userId: string): boolean {
    return this.#take(userId, "sockets", MAX_SOCKETS);
  }

  giveSocket(userId: string): void {
    this.#give(userId, "sockets");
  }

  /** The same for a subscription on any of the user's sockets. */
  takeSubscription(userId: string): boolean {
    return this.#take(userId, "subscriptions", MAX_SUBSCRIPTIONS);
  }

  giveSubscription(userId: string): void {
    this.#give(userId, "subscriptions");
  }

  #take(userId: string, what: keyof Share, most: number): boolean {
    const share = this.#shares.get(userId) ?? { sockets: 0, subscriptions: 0 };
    if (share[what] >= most) return false;
    share[what] += 1;
    this.#shares.set(userId, share);
    return true;
  }

  #give(userId: string, what: keyof Share): void {
    const share = this.#shares.get(userId);
    if (share === undefined) return;
    share[what] -= 1;
    if (share.sockets <= 0 && share.subscriptions <= 0)
      this.#shares.delete(userId);
  }
}
