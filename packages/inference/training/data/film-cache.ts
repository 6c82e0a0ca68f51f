/**
 * Decoded films on disk: grey bytes on one square grid, made once with the
 * product's own preprocessing.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { decodeFilm } from "../../src/image/decode-film.ts";
import { prepareFilm, type InputSpec } from "../../src/models/preprocess.ts";
import { showProgress } from "../net/progress.ts";

/** Films of one list, in its order, `size * size` bytes each. */
export interface FilmCache {
  size: number;
  count: number;
  /** The film at `index`; a view, not a copy. */
  film(index: number): Uint8Array;
}

/**
 * Opens the cache of `files`, making it first where it is missing.
 *
 * @param folder git-ignored; one file for each list of films and grid
 */
export async function openFilmCache(
  files: readonly string[],
  spec: InputSpec,
  folder: string,
): Promise<FilmCache> {
  const key = createHash("sha256")
    .update(JSON.stringify([spec, files]))
    .digest("hex")
    .slice(0, 16);
  const path = join(folder, `films-${key}.bin`);
  if (!existsSync(`${path}.done`)) await fill(path, files, spec, folder);
  const bytes = await readFile(path);
  const area = spec.size * spec.size;
  return {
    size: spec.size,
    count: files.length,
    film: (index) => bytes.subarray(index * area, (index + 1) * area),
  };
}

async function fill(
  path: string,
  files: readonly string[],
  spec: InputSpec,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const out = await open(path, "w");
  try {
    for (const [index, file] of files.entries()) {
      const prepared = prepareFilm(
        await decodeFilm(await readFile(file)),
        spec,
      );
      const bytes = Uint8Array.from(prepared.grey, (v) => Math.round(v * 255));
      await out.write(bytes);
      showProgress("decode", index + 1, files.length);
    }
  } finally {
    await out.close();
  }
  await writeFile(`${path}.done`, "");
}

/** Several caches of one grid as one, in order. */
export function joinCaches(caches: readonly FilmCache[]): FilmCache {
  const [first] = caches;
  if (first === undefined) throw new Error("there is no cache to join");
  return {
    size: first.size,
    count: caches.reduce((sum, cache) => sum + cache.count, 0),
    film: (index) => {
      let at = index;
      for (const cache of caches) {
        if (at < cache.count) return cache.film(at);
        at -= cache.count;
      }
      throw new RangeError(`there is no film ${String(index)}`);
    },
  };
}
