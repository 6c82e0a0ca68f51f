import {
  blankHeader,
  DicomError,
  listHeader,
  type HeaderList,
  type HeaderSubject,
} from "@lung-iris/dicom";

import { InferenceError } from "../errors.ts";
import { readSignature } from "./file-signature.ts";
import { DEFAULT_FILM_LIMITS } from "./film-limits.ts";

export type {
  HeaderElement,
  HeaderList,
  HeaderSubject,
} from "@lung-iris/dicom";

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

/**
 * The file of a film without header values about some subjects; the very bytes
 * of a PNG or JPEG, which has no header, and where there is none of them.
 *
 * @throws InferenceError `unreadable`, `too-large`, or `unsupported-format`
 *   where nothing can be left out.
 */
export function withoutHeaderValues(
  bytes: Uint8Array,
  hidden: readonly HeaderSubject[],
): Uint8Array {
  if (hidden.length === 0 || readSignature(bytes).film !== "dicom")
    return bytes;
  try {
    return blankHeader(bytes, DEFAULT_FILM_LIMITS, new Set(hidden));
  } catch (cause) {
    if (!(cause instanceof DicomError)) throw cause;
    throw new InferenceError(cause.code, cause.message, { cause });
  }
}
