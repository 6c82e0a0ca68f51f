import type { Notice } from "./notifications.ts";

/** More than this many unread notices: the reader is asked to start over. */
const LONGEST_QUEUE = 2_000;

/** Where notices are put, whatever kind of them its reader wants. */
export interface NoticeSink {
  push(notice: Notice): void;
  end(): void;
}

/**
 * What one subscriber has not read yet. A reader that is too slow is ended
 * rather than fed from ever more memory; it subscribes again and refetches.
 */
export class NoticeQueue<T extends Notice>
  implements NoticeSink, AsyncIterableIterator<T>
{
  readonly #accepts: (notice: Notice) => notice is T;
  readonly #onEnd: () => void;
  readonly #waiting: T[] = [];
  #wake: ((result: IteratorResult<T>) => void) | null = null;
  #ended = false;

  constructor(accepts: (notice: Notice) => notice is T, onEnd: () => void) {
    this.#accepts = accepts;
    this.#onEnd = onEnd;
  }

  push(notice: Notice): void {
    if (this.#ended || !this.#accepts(notice)) return;
    if (this.#wake) {
      this.#wake({ done: false, value: notice });
      this.#wake = null;
      return;
    }
    this.#waiting.push(notice);
    if (this.#waiting.length > LONGEST_QUEUE) this.end();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    this.#wake?.({ done: true, value: undefined });
    this.#wake = null;
  }

  next(): Promise<IteratorResult<T>> {
    const value = this.#waiting.shift();
    if (value) return Promise.resolve({ done: false, value });
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  return(): Promise<IteratorResult<T>> {
    this.#waiting.length = 0;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
