/** Rows of one generation; there are two of them, some 3 KB a row. */
const MOST_ROWS = 5_000;

interface Kept {
  stamp: string;
  row: Readonly<object>;
}

/**
 * Rows as they were last read, each with its stamp: the transaction that wrote
 * this version of it (`xmin`). No two versions of a row have the same, so a row
 * whose stamp the database has just told is what it would give once more, and
 * needs neither be sent nor be made again. Nothing is believed without asking.
 */
export class KeptRows {
  #young = new Map<string, Kept>();
  #old = new Map<string, Kept>();
  readonly #most: number;

  constructor(most = MOST_ROWS) {
    this.#most = most;
  }

  /** The row of this version; undefined where it is not here. */
  find(table: string, id: string, stamp: string): object | undefined {
    const key = `${table} ${id}`;
    const young = this.#young.get(key);
    if (young !== undefined)
      return young.stamp === stamp ? young.row : undefined;
    const old = this.#old.get(key);
    if (old?.stamp !== stamp) return undefined;
    this.#put(key, old);
    return old.row;
  }

  /** Keeps a row; whoever reads it shares it, so nobody may change it. */
  keep(table: string, id: string, stamp: string, row: object): void {
    this.#put(`${table} ${id}`, { stamp, row: Object.freeze(row) });
  }

  /** What the stamps are of may be another database by now. */
  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }

  /** What nobody asked for during a whole generation goes. */
  #put(key: string, kept: Kept): void {
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, kept);
  }
}
