import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

/** A file to send. `size` and `changedAt` tell whether it is still the same. */
export interface FoundFile {
  path: string;
  size: number;
  changedAt: number;
}

/** A path that cannot be read, with why. */
export interface Unreadable {
  path: string;
  problem: string;
}

/**
 * Every file below the paths, in the order of their names, hidden ones left
 * out. What cannot be read is yielded as such and the walk goes on.
 */
export async function* findFilms(
  paths: readonly string[],
): AsyncGenerator<FoundFile | Unreadable> {
  for (const path of paths) yield* walk(resolve(path), new Set());
}

async function* walk(
  path: string,
  above: ReadonlySet<string>,
): AsyncGenerator<FoundFile | Unreadable> {
  try {
    const found = await stat(path);
    if (found.isFile()) {
      yield { path, size: found.size, changedAt: found.mtimeMs };
      return;
    }
    if (!found.isDirectory()) return;
    // A link to a folder above would lead round and round.
    const identity = `${String(found.dev)}:${String(found.ino)}`;
    if (above.has(identity)) return;
    const names = (await readdir(path)).filter((name) => !name.startsWith("."));
    names.sort();
    const here = new Set([...above, identity]);
    for (const name of names) yield* walk(join(path, name), here);
  } catch (error) {
    yield { path, problem: problemOf(error) };
  }
}

/** An error of the file system in plain words. */
export function problemOf(error: unknown): string {
  const code =
    error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "you may not read it";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
