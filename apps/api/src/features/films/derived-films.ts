import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { HeaderSubject } from "@lung-iris/inference";
import {
  THUMBNAIL_PIXELS,
  type FilmReader,
  type FilmSource,
} from "../../platform/inference-client.ts";
import {
  putBytes,
  readWhole,
  type ObjectStore,
} from "../../platform/object-store.ts";
import {
  drawingsKey,
  filmKey,
  pixelsKey,
  printKey,
  thumbnailKey,
  type LyingFilm,
  withoutValuesKey,
} from "./film-keys.ts";
import { orientationOf } from "./film-orientation.ts";

/** Longest side on paper: 9 cm at 300 dots an inch. */
const PRINT_PIXELS = 1_050;

/**
 * Kept of a film without drawings, or without anything to leave out, so that
 * it is not read again at each look.
 */
const NOTHING = new Uint8Array();

const gzipAsync = promisify(gzip);

/** Pictures made from films, kept in the object store beside them. */
export class DerivedFilms {
  readonly #store: ObjectStore;
  readonly #reader: FilmReader;
  /** A film that many look at at once is decoded once. */
  readonly #running = new Map<string, Promise<string>>();

  constructor(store: ObjectStore, reader: FilmReader) {
    this.#store = store;
    this.#reader = reader;
  }

  /** The key of the film's thumbnail, made if need be in the owner's turn. */
  thumbnail(film: LyingFilm, owner: string): Promise<string> {
    return this.#ensure(thumbnailKey(film), () =>
      this.#picture(film, THUMBNAIL_PIXELS, owner),
    );
  }

  /** The key of the film's JPEG for a printed report. */
  print(film: LyingFilm, owner: string): Promise<string> {
    return this.#ensure(printKey(film), () =>
      this.#picture(film, PRINT_PIXELS, owner),
    );
  }

  /** The key of the film's gzipped samples, made if need be in the owner's turn. */
  pixels(sha256: string, owner: string): Promise<string> {
    const key = pixelsKey(sha256);
    return this.#ensure(key, async () => {
      const film = this.#film(sha256);
      const pixels = littleEndian(await this.#reader.pixels(film, owner));
      // Level 1: film noise hardly compresses further, and a reader waits.
      return gzipAsync(pixels, { level: constants.Z_BEST_SPEED });
    });
  }

  /** The key of the PNG of the drawings over the film; null where it has none. */
  async drawings(sha256: string, owner: string): Promise<string | null> {
    const key = await this.#ensure(
      drawingsKey(sha256),
      async () =>
        (await this.#reader.drawings(this.#film(sha256), owner)) ?? NOTHING,
    );
    return (await this.#store.size(key)) === 0 ? null : key;
  }

  /**
   * The key of the film's file without header values about some subjects, made
   * if need be in the owner's turn; the untouched file's where it has none.
   *
   * @throws InferenceError where they cannot be left out.
   */
  async withoutValues(
    sha256: string,
    hidden: readonly HeaderSubject[],
    owner: string,
  ): Promise<string> {
    if (hidden.length === 0) return filmKey(sha256);
    const film = this.#film(sha256);
    const key = await this.#ensure(
      withoutValuesKey(sha256, hidden),
      async () => (await this.#reader.leaveOut(film, hidden, owner)) ?? NOTHING,
    );
    return (await this.#store.size(key)) === 0 ? filmKey(sha256) : key;
  }

  #picture(film: LyingFilm, maxSide: number, owner: string) {
    const source = this.#film(film.sha256);
    const orientation = orientationOf(film);
    return this.#reader.thumbnail(source, maxSide, owner, orientation);
  }

  #film(sha256: string): FilmSource {
    return () => readWhole(this.#store, filmKey(sha256));
  }

  #ensure(key: string, make: () => Promise<Uint8Array>): Promise<string> {
    const running = this.#running.get(key);
    if (running) return running;
    const started = this.#makeOnce(key, make).finally(() =>
      this.#running.delete(key),
    );
    this.#running.set(key, started);
    return started;
  }

  async #makeOnce(
    key: string,
    make: () => Promise<Uint8Array>,
  ): Promise<string> {
    if ((await this.#store.size(key)) !== null) return key;
    await putBytes(this.#store, key, await make());
    return key;
  }
}

const HOST_IS_LITTLE_ENDIAN =
  new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The samples' bytes, least significant first. */
export function littleEndian(samples: Uint16Array): Buffer {
  const bytes = Buffer.from(
    samples.buffer,
    samples.byteOffset,
    samples.byteLength,
  );
  return HOST_IS_LITTLE_ENDIAN ? bytes : Buffer.from(bytes).swap16();
}
