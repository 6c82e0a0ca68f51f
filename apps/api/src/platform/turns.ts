/** Lets tasks of one name run one after the other; names do not wait. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  async run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const running = before.then(task);
    const settled = running.then(
      () => undefined,
      () => undefined, // its own caller hears of it
    );
    this.#last.set(name, settled);
    try {
      return await running;
    } finally {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    }
  }
}
