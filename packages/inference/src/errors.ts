/** Stable codes of what can go wrong between a file and an assessment. */
export type InferenceErrorCode =
  | "unreadable"
  | "unsupported-format"
  | "not-a-radiograph"
  | "no-pixels"
  | "too-large"
  | "too-small"
  | "timeout"
  /** The pool's queue is full; the same film can be tried again later. */
  | "busy"
  | "model-missing"
  | "model-corrupt"
  | "engine-unavailable"
  /** A signal ended the engine's worker at the film, twice; it can be tried again. */
  | "engine-crashed";

/**
 * A typed failure; there is never a default answer in its place.
 * `message` names what was wrong with which input and what to do.
 */
export class InferenceError extends Error {
  override readonly name = "InferenceError";
  readonly code: InferenceErrorCode;
  /** The modality that a person may overrule, with `not-a-radiograph` only. */
  readonly doubtfulModality: string | null;

  constructor(
    code: InferenceErrorCode,
    message: string,
    options?: { cause?: unknown; doubtfulModality?: string | null },
  ) {
    super(message, options);
    this.code = code;
    this.doubtfulModality = options?.doubtfulModality ?? null;
  }
}
