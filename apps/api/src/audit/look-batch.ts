/** Rows of one statement; beyond, the next one takes them. */
const MOST_ROWS = 500;

interface Waiting<Row> {
  rows: readonly Row[];
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Gathers what comes while a statement is under way into the next one. Only
 * one writer at a time appends to the trail, each waiting for the disk; so a
 * statement for all who wait costs as much as one for the first. Everybody
 * waits for the commit of the own rows.
 */
export class LookBatch<Row> {
  readonly #write: (rows: readonly Row[]) => Promise<void>;
  #waiting: Waiting<Row>[] = [];
  #isWriting = false;

  constructor(write: (rows: readonly Row[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves once the rows are committed; rejects when they are not. */
  append(rows: readonly Row[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ rows, done, failed });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      try {
        await this.#write(batch.flatMap(({ rows }) => rows));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#isWriting = false;
  }

  /** In the order in which they came; at least one. */
  #takeBatch(): Waiting<Row>[] {
    let rows = 0;
    let size = 0;
    for (const waiting of this.#waiting) {
      rows += waiting.rows.length;
      if (size > 0 && rows > MOST_ROWS) break;
      size += 1;
    }
    return this.#waiting.splice(0, size);
  }
}
