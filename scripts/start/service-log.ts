import { openSync, renameSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const LARGEST_LOG_BYTES = 50 * 2 ** 20;
const SHOWN_LINES = 10;

/** The log file of one service; what earlier runs wrote stays in it. */
export class ServiceLog {
  readonly file: string;
  /** Bytes of earlier runs, or of earlier starts of this one. */
  #start = 0;

  constructor(folder: string, name: string) {
    this.file = join(folder, `${name}.log`);
  }

  /** A descriptor for appending; a log that grew large becomes `.1`. */
  open(): number {
    this.#start = this.#size();
    if (this.#start > LARGEST_LOG_BYTES) {
      renameSync(this.file, `${this.file}.1`);
      this.#start = 0;
    }
    return openSync(this.file, "a", 0o600);
  }

  /** The last lines since the newest start. */
  async lastLines(): Promise<string> {
    const bytes = await readFile(this.file).catch(() => Buffer.alloc(0));
    const text = bytes.subarray(this.#start).toString().trimEnd();
    return text.split("\n").slice(-SHOWN_LINES).join("\n");
  }

  #size(): number {
    return statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
  }
}
