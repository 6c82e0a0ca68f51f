import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { byFileOf, isCdIndex, type ByFile } from "../platform/by-files.ts";
import { headOf } from "../platform/file-head.ts";

/** A file to send. `size` and `changedAt` tell whether it is still the same. */
export interface FoundFile {
  path: string;
  size: number;
  changedAt: number;
}

/** A file that lies beside films and is none. */
export interface SetAside {
  path: string;
  aside: ByFile;
}

/** A path that cannot be read, with why. */
export interface Unreadable {
  path: string;
  problem: string;
}

/** What a walk comes upon. */
export type Found = FoundFile | SetAside | Unreadable;

/**
 * Every file below the paths, in the order of their names, hidden ones left
 * out. What lies beside films, on a CD for example, and what cannot be read is
 * yielded as such and the walk goes on.
 */
export async function* findFilms(
  paths: readonly string[],
): AsyncGenerator<Found> {
  for (const path of paths) {
    const start = resolve(path);
    yield* walk(start, basename(start), false, new Set());
  }
}

/**
 * @param inside the path from where the walk started.
 * @param isOnCd a CD's index lies in its folder or one above.
 */
async function* walk(
  path: string,
  inside: string,
  isOnCd: boolean,
  above: ReadonlySet<string>,
): AsyncGenerator<Found> {
  try {
    const found = await stat(path);
    if (found.isFile()) {
      const aside = byFileOf(inside, await headOf(path), { isOnCd });
      if (aside !== null) {
        yield { path, aside };
        return;
      }
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
    const isDisc = isOnCd || names.some(isCdIndex);
    for (const name of names) {
      yield* walk(join(path, name), `${inside}/${name}`, isDisc, here);
    }
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
