import { InferenceError, type InferenceErrorCode } from "../errors.ts";
import type { RenderOptions } from "../image/render-film.ts";
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
    input: { thumbnailSide: number };
    output: FilmInfo & { thumbnail?: Uint8Array };
  };
  render: { input: RenderOptions; output: Uint8Array };
  pixels: {
    input: null;
    output: { info: FilmInfo; pixels: Uint16Array };
  };
  assess: {
    input: AssessContext;
    output: { info: FilmInfo; assessment: Assessment };
  };
}

export type JobKind = keyof Jobs;

/** A job as it crosses to the worker; one kind with its own input. */
export type JobRequest = {
  [K in JobKind]: { kind: K; bytes: Uint8Array; input: Jobs[K]["input"] };
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
  stack: string | undefined;
}

/** Error to plain data. */
export function toWire(error: unknown): ErrorOnWire {
  if (error instanceof InferenceError) {
    return { code: error.code, message: error.message, stack: error.stack };
  }
  if (error instanceof Error) {
    return { code: null, message: error.message, stack: error.stack };
  }
  return { code: null, message: String(error), stack: undefined };
}

/** Plain data to the error that it was, with the worker's stack as cause. */
export function fromWire(wire: ErrorOnWire): Error {
  const cause = wire.stack;
  return wire.code === null
    ? new Error(wire.message, { cause })
    : new InferenceError(wire.code, wire.message, { cause });
}
