import { randomUUID } from "node:crypto";
import { access, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** So many films wait at the most: half a gigabyte of common ones. */
const MOST_WAITING = 256;
/** A film waits no longer: its worker is elsewhere, or away. */
const STALE_MS = 10 * 60 * 1_000;
const PURGE_MS = 60 * 1_000;

/**
 * Films as the door has decoded them, beside each other in a folder of the
 * desk's data until the worker takes them: nothing is decoded twice where both
 * share a disk. Only a shortcut: a film that is not here is decoded from its
 * bytes, with the same result.
 */
export class DecodedFilms {
  readonly #folder: string;
  /** Films placed by this process that may still wait, the oldest first. */
  readonly #waiting = new Set<string>();

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, "decoded");
  }

  /** Removes all: what an earlier program decoded may be decoded otherwise now. */
  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** Where a film may be left; null while too many wait. */
  async placeFor(sha256: string): Promise<string | null> {
    for (const first of this.#waiting) {
      if (this.#waiting.size < MOST_WAITING) break;
      if (await isThere(this.#pathOf(first))) return null;
      this.#waiting.delete(first);
    }
    this.#waiting.add(sha256);
    return this.#pathOf(sha256);
  }

  /** Makes the film the caller's, who drops it; null where it is not here. */
  async take(sha256: string): Promise<string | null> {
    const path = this.#pathOf(sha256);
    const taken = `${path}.${randomUUID()}`;
    try {
      await rename(path, taken);
      return taken;
    } catch {
      return null;
    }
  }

  /** Removes a film that was taken. */
  async drop(taken: string): Promise<void> {
    await rm(taken, { force: true });
  }

  /** Removes what has waited too long, again and again until stopped. */
  purgeRegularly(): { stop(): void } {
    const timer = setInterval(() => void this.purge(), PURGE_MS).unref();
    return {
      stop: () => {
        clearInterval(timer);
      },
    };
  }

  /** Removes what has waited too long; a folder that is away has nothing. */
  async purge(staleMs = STALE_MS): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null);
      if (found === null || Date.now() - found.mtimeMs < staleMs) continue;
      await rm(path, { force: true }).catch(() => undefined);
    }
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, sha256);
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
