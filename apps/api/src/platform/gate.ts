/**
 * Lets a number of tasks run at once. Others wait, in the order they came
 * within an owner, and owners take turns: one who sends a thousand films, or
 * ten slow ones, holds nobody else up for longer than a task.
 */
export class Gate {
  #free: number;
  /** Owners in the order of their turns; none is here without a task. */
  readonly #waiting = new Map<string, (() => void)[]>();

  /** `width`: tasks at once, at least 1. */
  constructor(width: number) {
    this.#free = Math.max(1, width);
  }

  /** Tasks that wait for a place. */
  get waiting(): number {
    let count = 0;
    for (const tasks of this.#waiting.values()) count += tasks.length;
    return count;
  }

  /** `owner`: whose task it is; tasks without one are one owner's. */
  async run<T>(task: () => Promise<T>, owner = ""): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn(owner);
    try {
      return await task();
    } finally {
      const next = this.#next();
      // The place goes on without becoming free, so nobody can push in.
      if (next) next();
      else this.#free += 1;
    }
  }

  #turn(owner: string): Promise<void> {
    return new Promise((resolve) => {
      const own = this.#waiting.get(owner);
      if (own) own.push(resolve);
      else this.#waiting.set(owner, [resolve]);
    });
  }

  /** The first owner's first task; that owner goes to the end of the turns. */
  #next(): (() => void) | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    const [owner, tasks] = first;
    const next = tasks.shift();
    this.#waiting.delete(owner);
    if (tasks.length > 0) this.#waiting.set(owner, tasks);
    return next;
  }
}
