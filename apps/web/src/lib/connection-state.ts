type Listener = () => void;

export interface ConnectionSnapshot {
  /** The last request reached a server. */
  isReachable: boolean;
  /** The API says that this session is over. */
  isSessionEnded: boolean;
}

/** What the page knows of its line to the server; one for each Apollo client. */
export class ConnectionState {
  #snapshot: ConnectionSnapshot = { isReachable: true, isSessionEnded: false };
  readonly #listeners = new Set<Listener>();

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): ConnectionSnapshot => this.#snapshot;

  reached(): void {
    this.#change({ isReachable: true });
  }

  lost(): void {
    this.#change({ isReachable: false });
  }

  sessionEnded(): void {
    this.#change({ isSessionEnded: true });
  }

  sessionRenewed(): void {
    this.#change({ isSessionEnded: false, isReachable: true });
  }

  #change(change: Partial<ConnectionSnapshot>): void {
    const next = { ...this.#snapshot, ...change };
    const isSame =
      next.isReachable === this.#snapshot.isReachable &&
      next.isSessionEnded === this.#snapshot.isSessionEnded;
    if (isSame) return;
    this.#snapshot = next;
    for (const listener of this.#listeners) listener();
  }
}
