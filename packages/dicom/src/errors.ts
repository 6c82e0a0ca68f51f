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

  constructor(
    code: DicomErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
  }
}
