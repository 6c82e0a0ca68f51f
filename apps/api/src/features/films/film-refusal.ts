import { InferenceError, type InferenceErrorCode } from "@lung-iris/inference";
import { ObjectStoreError } from "../../platform/object-store.ts";

/** Why one film of an upload was not taken. */
export type RefusalCode =
  | Exclude<
      InferenceErrorCode,
      | "model-missing"
      | "model-corrupt"
      | "engine-unavailable"
      | "engine-crashed"
      | "busy"
    >
  | "empty"
  | "aborted";

export interface Refusal {
  code: RefusalCode;
  /** A sentence for the person who sent the film. */
  message: string;
  /** The modality that this person may overrule; null where nothing helps. */
  doubtfulModality: string | null;
}

const SENTENCES: Record<RefusalCode, string> = {
  unreadable: "The file is damaged and cannot be read as a picture.",
  "unsupported-format":
    "This is not a film: PNG, JPEG and DICOM files are accepted.",
  "not-a-radiograph":
    "This is not a radiograph (a CT or MR slice, for example); send plain chest films.",
  "no-pixels": "This DICOM file has no picture in it.",
  "too-large": "The film is larger than what is accepted.",
  "too-small": "The film is too small to be read.",
  timeout: "The film took too long to decode.",
  empty: "The file is empty.",
  aborted: "The transfer ended before the film was whole.",
};

/**
 * The refusal behind an error, or `null` when the film is not to blame: a
 * full disk, a stopped decoder.
 */
export function refusalFrom(error: unknown): Refusal | null {
  if (error instanceof InferenceError) {
    switch (error.code) {
      case "model-missing":
      case "model-corrupt":
      case "engine-unavailable":
      case "engine-crashed":
      case "busy":
        return null;
      default:
        return {
          code: error.code,
          message: sentence(error.code, error),
          doubtfulModality: error.doubtfulModality,
        };
    }
  }
  if (error instanceof ObjectStoreError) {
    if (error.code === "too-large" || error.code === "aborted") {
      const { code, message } = error;
      return { code, message, doubtfulModality: null };
    }
  }
  return null;
}

/**
 * What the decoder found in this very file says more than the code, where it
 * is a sentence and not a library's own mutter.
 */
function sentence(code: RefusalCode, error: InferenceError): string {
  const found = error.message.trim();
  return found.endsWith(".") ? found : SENTENCES[code];
}

/** The refusal of a film without a single byte. */
export const EMPTY_FILM: Refusal = {
  code: "empty",
  message: SENTENCES.empty,
  doubtfulModality: null,
};
