import { openSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const SHOWN_LINES = 10;

/** The log file of one service; what earlier runs wrote stays in it. */
export class ServiceLog {
  readonly file: string;
  /** Bytes of earlier runs, or of earlier starts of this one. */
  #start = 0;

  constructor(folder: string, name: string) {
    this.file = join(folder, `${name}.log`);
  }

  /**
   * A descriptor for appending; "ignore" where the file cannot be opened (a
   * full disk): a service without a log is worth more than none.
   */
  open(): number | "ignore" {
    this.#start = this.#size();
    try {
      return openSync(this.file, "a", 0o600);
    } catch {
      return "ignore";
    }
  }

  /** The last lines since the newest start. */
  async lastLines(): Promise<string> {
    const bytes = await readFile(this.file).catch(() => Buffer.alloc(0));
    // Cut meanwhile: all that is there is newer.
    const start = this.#start > bytes.length ? 0 : this.#start;
    const text = bytes.subarray(start).toString().trimEnd();
    return text.split("\n").slice(-SHOWN_LINES).join("\n");
  }

  #size(): number {
    return statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
  }
}
