import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
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
import { filmKey, pixelsKey, printKey, thumbnailKey } from "./film-keys.ts";

/** Longest side on paper: 9 cm at 300 dots an inch. */
const PRINT_PIXELS = 1_050;

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
  thumbnail(sha256: string, owner: string): Promise<string> {
    const key = thumbnailKey(sha256);
    return this.#ensure(key, () =>
      this.#reader.thumbnail(this.#film(sha256), THUMBNAIL_PIXELS, owner),
    );
  }

  /** The key of the film's JPEG for a printed report. */
  print(sha256: string, owner: string): Promise<string> {
    return this.#ensure(printKey(sha256), () =>
      this.#reader.thumbnail(this.#film(sha256), PRINT_PIXELS, owner),
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
