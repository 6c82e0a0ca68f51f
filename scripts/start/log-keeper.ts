import { copyFile, readdir, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";

const LARGEST_LOG_BYTES = 20 * 2 ** 20;
const LOOK_EVERY_MS = 15_000;

/**
 * Keeps every log of a folder below a size while it is written: what grew
 * past it becomes `.1` and the file starts again. Copied and cut, not
 * renamed: the processes keep their descriptors, which append wherever the
 * end is.
 */
export class LogKeeper {
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly folder: string,
    private readonly largestBytes = LARGEST_LOG_BYTES,
  ) {
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Never fails: a log is worth less than the desk. */
  async look(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names.filter((name) => name.endsWith(".log"))) {
      const file = join(this.folder, name);
      const bytes = (await stat(file).catch(() => null))?.size ?? 0;
      if (bytes > this.largestBytes)
        await this.#turn(file, bytes).catch(() => undefined);
    }
  }

  async #turn(file: string, bytes: number): Promise<void> {
    const kept = `${file}.1`;
    try {
      await copyFile(file, kept);
    } catch (error) {
      await rm(kept, { force: true });
      // No room for a copy: the lines may stay a while, yet not for ever.
      if (bytes < 2 * this.largestBytes) throw error;
    }
    await truncate(file);
  }
}
