import type { ModalityRule } from "@lung-iris/dicom";
import { InferenceError, type InferenceErrorCode } from "../errors.ts";
import type { HeaderList, HeaderSubject } from "../image/film-header.ts";
import type { FilmOrientation } from "../image/orient-film.ts";
import type { RenderOptions } from "../image/render-film.ts";
import type { SharedFilm, ShareOptions } from "../image/share-film.ts";
import type { EngineChoice } from "../engine/open-net.ts";
import type {
  AssessContext,
  Assessment,
  EngineName,
  FilmInfo,
} from "../types.ts";

/** What a worker is told when it starts. */
export interface WorkerSettings {
  /** Null for a worker that only decodes. */
  model: { dir: string; engine: EngineChoice } | null;
}

/** What a worker can be asked for, by kind: the input and what comes back. */
export interface Jobs {
  inspect: {
    input: {
      thumbnailSide: number;
      rule: ModalityRule;
      /** Where the decoded film is kept for its assessment; null for nowhere. */
      keepAt: string | null;
    };
    output: FilmInfo & { thumbnail?: Uint8Array };
  };
  render: { input: RenderOptions; output: Uint8Array };
  share: { input: ShareOptions; output: SharedFilm };
  /** A PNG of the drawings over the film; null where there are none. */
  drawings: { input: null; output: { png: Uint8Array | null } };
  /** The header for people to read; null of a file without one. */
  "read-header": { input: null; output: { header: HeaderList | null } };
  /** The file without values about some; null where it has none of them. */
  "leave-out": {
    input: { hidden: readonly HeaderSubject[] };
    output: { bare: Uint8Array | null };
  };
  pixels: {
    input: null;
    output: { info: FilmInfo; pixels: Uint16Array };
  };
  assess: {
    input: {
      context: AssessContext;
      rule: ModalityRule;
      /** Where it may be kept decoded; null where it is not. */
      keptAt: string | null;
    };
    output: { info: FilmInfo; assessment: Assessment };
  };
}

export type JobKind = keyof Jobs;

/**
 * A job as it crosses to the worker; one kind with its own input.
 * `orientation`: how the film lies, where its file has it otherwise. Samples
 * for the viewer come as the file has them: it lays them itself.
 */
export type JobRequest = {
  [K in JobKind]: {
    kind: K;
    bytes: Uint8Array;
    orientation: FilmOrientation;
    input: Jobs[K]["input"];
  };
}[JobKind];

/** What a loaded classifier says of itself. */
export interface ClassifierFacts {
  model: { id: string; sha256: string };
  engine: EngineName;
  engineNote: string | null;
}

/** What comes back from a worker; the first message says whether it started. */
export type WorkerReply =
  | { type: "ready"; classifier: ClassifierFacts | null }
  | { type: "failed"; error: ErrorOnWire }
  | { type: "done"; output: Jobs[JobKind]["output"] }
  | { type: "refused"; error: ErrorOnWire };

/** An error between threads, where classes do not survive. */
export interface ErrorOnWire {
  /** Null for an error that is not an `InferenceError`. */
  code: InferenceErrorCode | null;
  message: string;
  doubtfulModality: string | null;
  stack: string | undefined;
}

/** Error to plain data. */
export function toWire(error: unknown): ErrorOnWire {
  if (error instanceof InferenceError) {
    const { code, message, doubtfulModality, stack } = error;
    return { code, message, doubtfulModality, stack };
  }
  const isError = error instanceof Error;
  return {
    code: null,
    message: isError ? error.message : String(error),
    doubtfulModality: null,
    stack: isError ? error.stack : undefined,
  };
}

/** Plain data to the error that it was, with the worker's stack as cause. */
export function fromWire(wire: ErrorOnWire): Error {
  const { code, message, doubtfulModality, stack: cause } = wire;
  return code === null
    ? new Error(message, { cause })
    : new InferenceError(code, message, { cause, doubtfulModality });
}
