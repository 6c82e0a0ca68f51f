import { Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import {
  hashedKey,
  readWhole,
  type ObjectStore,
} from "../../platform/object-store.ts";
import { filmKey } from "./ingest.service.ts";

/** Longest side of a thumbnail. */
export const THUMBNAIL_PIXELS = 320;

/** Makes pictures of a film's bytes, off the event loop. */
export interface FilmRenderer {
  /** JPEG through the film's own window, longest side as given. */
  thumbnail(film: Buffer, maxSide: number): Promise<Uint8Array>;
  /** Samples row by row, MONOCHROME2 sense. */
  pixels(film: Buffer): Promise<Uint16Array>;
}

const gzipAsync = promisify(gzip);

/**
 * Pictures made from films, kept in the object store beside them. The
 * version in the key changes when what is made changes.
 */
export class DerivedFilms {
  readonly #store: ObjectStore;
  readonly #renderer: FilmRenderer;
  /** A film that many look at at once is decoded once. */
  readonly #running = new Map<string, Promise<string>>();

  constructor(store: ObjectStore, renderer: FilmRenderer) {
    this.#store = store;
    this.#renderer = renderer;
  }

  /** The key of the film's thumbnail, made if need be. */
  thumbnail(sha256: string): Promise<string> {
    const key = hashedKey("thumbnails", sha256, ".v1.jpg");
    return this.#ensure(key, async () =>
      this.#renderer.thumbnail(
        await readWhole(this.#store, filmKey(sha256)),
        THUMBNAIL_PIXELS,
      ),
    );
  }

  /** The key of the film's gzipped samples, made if need be. */
  pixels(sha256: string): Promise<string> {
    const key = hashedKey("pixels", sha256, ".v1.gz");
    return this.#ensure(key, async () => {
      const film = await readWhole(this.#store, filmKey(sha256));
      const pixels = littleEndian(await this.#renderer.pixels(film));
      // Level 1: film noise hardly compresses further, and a reader waits.
      return gzipAsync(pixels, { level: constants.Z_BEST_SPEED });
    });
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
    const body = Readable.from([Buffer.from(await make())]);
    const staged = await this.#store.stage(body);
    try {
      await staged.commit(key);
    } finally {
      await staged.discard();
    }
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
