import type { ModalityRule } from "@lung-iris/dicom";
import type { EngineChoice } from "../engine/open-net.ts";
import type { HeaderList, HeaderSubject } from "../image/film-header.ts";
import type { FilmOrientation } from "../image/orient-film.ts";
import type { RenderOptions } from "../image/render-film.ts";
import type { SharedFilm, ShareOptions } from "../image/share-film.ts";
import type {
  AssessContext,
  Assessment,
  EngineName,
  FilmInfo,
} from "../types.ts";

export interface InferencePoolOptions {
  /** "none" makes a pool that decodes but cannot assess. */
  model?: "none" | "folder";
  /** The model's folder; the committed model where absent. */
  modelDir?: string;
  engine: EngineChoice;
  /** Workers; one a core where absent. */
  threads?: number;
  /** A film that takes longer ends its worker; 30 s where absent. */
  timeoutMs?: number;
  /** JavaScript heap of a worker, MiB; 1,024 where absent. Pixels lie outside it, bounded by `FilmLimits`. */
  maxOldSpaceMb?: number;
  /** Films that may wait; 512 where absent. */
  maxQueue?: number;
}

/**
 * Decodes and assesses films in workers, off the caller's event loop: threads,
 * and processes of their own for engines of machine code.
 */
export interface InferencePool {
  /** Null in a pool without a model. */
  readonly model: { id: string; sha256: string } | null;
  readonly engine: EngineName | null;
  /** Why a wanted native engine is not running, one line, or null. */
  readonly engineNote: string | null;
  readonly threads: number;
  /**
   * Decodes and describes; a JPEG thumbnail comes with it unless its side is 0.
   * Under the rule `may-be-overruled` a person has said that it is a chest film.
   * `keepAt`: a path at which the decoded film is left for `assess`, where the
   * disk has room for it.
   */
  inspect(
    bytes: Uint8Array,
    options?: {
      thumbnailSide?: number;
      rule?: ModalityRule;
      keepAt?: string | null;
    },
  ): Promise<FilmInfo & { thumbnail?: Uint8Array }>;
  /** A picture file of the film, without its metadata. */
  render(
    bytes: Uint8Array,
    options: RenderOptions,
    orientation?: FilmOrientation,
  ): Promise<Uint8Array>;
  /** The film as it may leave the house, without letters in it. */
  share(
    bytes: Uint8Array,
    options: ShareOptions,
    orientation?: FilmOrientation,
  ): Promise<SharedFilm>;
  /** A PNG of the drawings over the film; null where there are none. */
  drawings(bytes: Uint8Array): Promise<Uint8Array | null>;
  /** The header for people to read; null of a PNG or JPEG, which has none. */
  readHeader(bytes: Uint8Array): Promise<HeaderList | null>;
  /** The file without header values about some; null where it has none. */
  leaveOut(
    bytes: Uint8Array,
    hidden: readonly HeaderSubject[],
  ): Promise<Uint8Array | null>;
  /** Full-depth pixels as the file has them, for the viewer. */
  pixels(bytes: Uint8Array): Promise<{ info: FilmInfo; pixels: Uint16Array }>;
  /**
   * Decodes and assesses; maps and boxes are in pixels of the file. `keptAt`:
   * where `inspect` left the same film decoded; one that is not there, or not
   * whole, is decoded from its bytes.
   */
  assess(
    bytes: Uint8Array,
    context: AssessContext,
    rule?: ModalityRule,
    orientation?: FilmOrientation,
    keptAt?: string | null,
  ): Promise<{ info: FilmInfo; assessment: Assessment }>;
  /** Ends all workers; what runs or waits is rejected. */
  close(): Promise<void>;
}
