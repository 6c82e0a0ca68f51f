import { DicomError, listHeader, type HeaderList } from "@lung-iris/dicom";

import { InferenceError } from "../errors.ts";
import { readSignature } from "./file-signature.ts";
import { DEFAULT_FILM_LIMITS } from "./film-limits.ts";

export type { HeaderElement, HeaderList } from "@lung-iris/dicom";

/**
 * The header of a film for people to read; null of a PNG or JPEG, which has
 * none. The pixels are not decoded.
 *
 * @throws InferenceError `unreadable` or `too-large`.
 */
export function readFilmHeader(bytes: Uint8Array): HeaderList | null {
  if (readSignature(bytes).film !== "dicom") return null;
  try {
    return listHeader(bytes, DEFAULT_FILM_LIMITS);
  } catch (cause) {
    if (!(cause instanceof DicomError)) throw cause;
    throw new InferenceError(cause.code, cause.message, { cause });
  }
}
