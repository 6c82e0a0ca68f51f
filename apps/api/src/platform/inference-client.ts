import { readFile } from "node:fs/promises";
import {
  InferenceError,
  createInferencePool,
  type AssessContext,
  type Assessment,
  type DicomHeader,
  type FilmOrientation,
  type FilmInfo,
  type HeaderList,
  type HeaderSubject,
  type InferencePool,
  type ModalityRule,
  type RenderOptions,
  type SharedFilm,
  type ShareOptions,
} from "@lung-iris/inference";
import type { DecodedFilms } from "./decoded-films.ts";
import { Gate } from "./gate.ts";

/** What the door learns of a film, with a small picture of it. */
export interface InspectedFilm {
  info: FilmInfo;
  /** JPEG. */
  thumbnail: Uint8Array;
}

/** Reads a film's bytes when its turn has come, not while it waits. */
export type FilmSource = () => Promise<Buffer>;

/**
 * Decodes films in worker threads; every call throws `InferenceError`. Those
 * who ask (`owner`) take turns: one's big films hold up nobody else's small ones
 * for longer than a film.
 */
export interface FilmReader {
  /** `sha256`: of the bytes, by which their assessment finds the film decoded. */
  inspect(
    path: string,
    rule: ModalityRule,
    owner: string,
    sha256: string,
  ): Promise<InspectedFilm>;
  /** JPEG of the film as it lies, through its own window, longest side as given. */
  thumbnail(
    film: FilmSource,
    maxSide: number,
    owner: string,
    orientation: FilmOrientation,
  ): Promise<Uint8Array>;
  /**
   * PNG of the film as it lies at full depth without any metadata, and the
   * samples where wanted; nothing of a film with letters in it, or without them.
   */
  share(
    film: Buffer,
    bitsStored: number,
    options: Pick<ShareOptions, "pictureText" | "withSamples">,
    orientation: FilmOrientation,
  ): Promise<SharedFilm>;
  /** Whether letters stand in the picture. */
  hasText(film: Buffer): Promise<boolean>;
  /** Samples row by row as the file has them, MONOCHROME2 sense. */
  pixels(film: FilmSource, owner: string): Promise<Uint16Array>;
  /** PNG of the drawings over the film; null where there are none. */
  drawings(film: FilmSource, owner: string): Promise<Uint8Array | null>;
  /** The header for people to read; null of a film without one. */
  readHeader(film: FilmSource, owner: string): Promise<HeaderList | null>;
  /**
   * The film's file without header values about some subjects; null where it
   * has none of them.
   */
  leaveOut(
    film: FilmSource,
    hidden: readonly HeaderSubject[],
    owner: string,
  ): Promise<Uint8Array | null>;
  /** A DICOM film's header; undefined of a file without one. */
  header(film: Buffer): Promise<DicomHeader | undefined>;
  close(): Promise<void>;
}

/** Runs the model in worker threads; throws `InferenceError`. */
export interface FilmAssessor {
  readonly model: { id: string; sha256: string };
  readonly engine: string;
  /** Why a wanted native engine is not running, or null. */
  readonly engineNote: string | null;
  readonly threads: number;
  /**
   * `orientation`: how the film lies; as its file has it without one. `keptAt`:
   * where it may lie decoded already.
   */
  assess(
    film: Uint8Array,
    context: AssessContext,
    orientation?: FilmOrientation,
    keptAt?: string | null,
  ): Promise<Assessment>;
  close(): Promise<void>;
}

/** Of films at the desk it was decided, as they came, what their modality says. */
const TAKEN = { rule: "may-be-overruled" } as const;

/** Longest side of a thumbnail. */
export const THUMBNAIL_PIXELS = 320;

/**
 * A pool that decodes only. At most one film more than there are threads is
 * in memory at a time, however many arrive: the others wait on the disk.
 */
export async function createFilmReader(options: {
  threads: number;
  /** Where decoded films wait for their assessment; nowhere without it. */
  decoded?: Pick<DecodedFilms, "placeFor">;
}): Promise<FilmReader> {
  const { decoded } = options;
  const pool = await createInferencePool({
    model: "none",
    engine: "wasm",
    threads: options.threads,
  });
  const gate = new Gate(options.threads + 1);
  return {
    inspect: (path, rule, owner, sha256) =>
      gate.run(async () => {
        const keepAt = (await decoded?.placeFor(sha256)) ?? null;
        return inspectFile(pool, path, rule, keepAt);
      }, owner),
    thumbnail: (film, maxSide, owner, orientation) =>
      gate.run(
        async () =>
          pool.render(await film(), { format: "jpeg", maxSide }, orientation),
        owner,
      ),
    share: (film, bitsStored, options, orientation) =>
      gate.run(() =>
        pool.share(
          film,
          { ...options, render: fullDepthPng(bitsStored) },
          orientation,
        ),
      ),
    hasText: (film) =>
      gate.run(async () => {
        const { warnings } = await pool.inspect(film, {
          ...TAKEN,
          thumbnailSide: 0,
        });
        return warnings.includes("text-in-picture");
      }),
    header: (film) =>
      gate.run(async () => (await pool.inspect(film, TAKEN)).header),
    pixels: (film, owner) =>
      gate.run(async () => (await pool.pixels(await film())).pixels, owner),
    drawings: (film, owner) =>
      gate.run(async () => pool.drawings(await film()), owner),
    readHeader: (film, owner) =>
      gate.run(async () => pool.readHeader(await film()), owner),
    leaveOut: (film, hidden, owner) =>
      gate.run(async () => pool.leaveOut(await film(), hidden), owner),
    close: () => pool.close(),
  };
}

/**
 * 8-bit films keep their very values: the window of 128 ± 128 maps each to
 * itself (DICOM PS3.3 C.11.2.1.2.1). Deeper ones are spread over 16 bits.
 */
function fullDepthPng(bitsStored: number): RenderOptions {
  return bitsStored > 8
    ? { format: "png16" }
    : { format: "png8", window: { center: 128, width: 256 } };
}

async function inspectFile(
  pool: InferencePool,
  path: string,
  rule: ModalityRule,
  keepAt: string | null,
): Promise<InspectedFilm> {
  const film = await readFile(path);
  const { thumbnail, ...info } = await pool.inspect(film, {
    thumbnailSide: THUMBNAIL_PIXELS,
    rule,
    keepAt,
  });
  if (!thumbnail) throw new Error("a film was inspected without a thumbnail");
  return { info, thumbnail };
}

/** Loads the model into one thread a core, or as many as asked for. */
export async function createFilmAssessor(options: {
  modelDir: string;
  engine: "auto" | "onnxruntime" | "tensorflow" | "wasm";
  threads: number | null;
}): Promise<FilmAssessor> {
  const pool = await createInferencePool({
    modelDir: options.modelDir,
    engine: options.engine,
    ...(options.threads === null ? {} : { threads: options.threads }),
  });
  const { model, engine } = pool;
  if (model === null || engine === null) {
    await pool.close();
    throw new InferenceError("model-missing", "The pool loaded no model.");
  }
  return {
    model,
    engine,
    engineNote: pool.engineNote,
    threads: pool.threads,
    async assess(film, context, orientation, keptAt) {
      const { rule } = TAKEN;
      const { assessment } = await pool.assess(
        film,
        context,
        rule,
        orientation,
        keptAt,
      );
      return assessment;
    },
    close: () => pool.close(),
  };
}
