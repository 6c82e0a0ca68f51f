/** Named statements a connection keeps its plans of; some 50 KB each. */
const MOST_NAMES = 200;
/** Texts that are watched for coming again. */
const MOST_WATCHED = 2_000;
/** A text that came so often comes again. */
const OFTEN = 3;

/**
 * Names for statements that come often: PostgreSQL plans a named one a few
 * times and not each time, and most of what a small read costs it is the plan.
 * Names are never given back, so there is an end to them: a list of many
 * lengths, each a text of its own, must not fill the memory of every
 * connection.
 */
export class StatementNames {
  readonly #prefix: string;
  readonly #most: number;
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** `prefix`: of its names, another's on the same connections is another. */
  constructor(prefix = "s", most = MOST_NAMES) {
    this.#prefix = prefix;
    this.#most = most;
  }

  /** The name to send the text under; empty for none, as in the protocol. */
  nameOf(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= this.#most) return "";
    const count = (this.#counts.get(text) ?? 0) + 1;
    if (count < OFTEN) {
      if (this.#counts.size >= MOST_WATCHED) this.#counts.clear();
      this.#counts.set(text, count);
      return "";
    }
    this.#counts.delete(text);
    const name = `${this.#prefix}${String(this.#names.size)}`;
    this.#names.set(text, name);
    return name;
  }
}
