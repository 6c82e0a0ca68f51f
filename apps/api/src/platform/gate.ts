/** Lets a number of tasks run at once; others wait in the order they came. */
export class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** `width`: tasks at once, at least 1. */
  constructor(width: number) {
    this.#free = Math.max(1, width);
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      // The place goes on without becoming free, so nobody can push in.
      if (next) next();
      else this.#free += 1;
    }
  }
}
