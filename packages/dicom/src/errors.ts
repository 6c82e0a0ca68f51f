/** Stable codes of what can be wrong with a DICOM file. */
export type DicomErrorCode =
  | "unreadable"
  | "unsupported-format"
  | "not-a-radiograph"
  | "no-pixels"
  | "too-large"
  | "too-small";

/**
 * A file that is not read, and why; there is never a default picture in its
 * place. `message` names what was wrong with which part and what to do.
 */
export class DicomError extends Error {
  override readonly name = "DicomError";
  readonly code: DicomErrorCode;
  /** The modality that a person may overrule, with `not-a-radiograph` only. */
  readonly doubtfulModality: string | null;

  constructor(
    code: DicomErrorCode,
    message: string,
    options?: { cause?: unknown; doubtfulModality?: string },
  ) {
    super(message, options);
    this.code = code;
    this.doubtfulModality = options?.doubtfulModality ?? null;
  }
}
