import { DicomError, type ModalityRule } from "@lung-iris/dicom";

import { InferenceError } from "../errors.ts";
import type { Film } from "../types.ts";
import { decodeDicom } from "./dicom-film.ts";
import { readSignature } from "./file-signature.ts";
import { DEFAULT_FILM_LIMITS, type FilmLimits } from "./film-limits.ts";
import { filmFromRaster } from "./raster-film.ts";
import { decodeRaster } from "./sharp-decoder.ts";
import { withWayOn } from "./way-on.ts";

/**
 * Decodes one film from the bytes of a PNG, JPEG or DICOM file. The first
 * bytes decide which it is; the file's name is never asked.
 *
 * @param limits bounds other than `DEFAULT_FILM_LIMITS`.
 * @param rule whether somebody has said that it is a chest film, whatever its
 *   header says.
 * @throws InferenceError `unsupported-format` (saying what the file looks
 *   like), `unreadable`, `not-a-radiograph`, `no-pixels`, `too-large`,
 *   `too-small`.
 */
export async function decodeFilm(
  bytes: Uint8Array,
  limits: Partial<FilmLimits> = {},
  rule: ModalityRule = "as-stated",
): Promise<Film> {
  const bounds: FilmLimits = { ...DEFAULT_FILM_LIMITS, ...limits };
  try {
    return await decodeKnown(bytes, bounds, rule);
  } catch (cause) {
    throw asInferenceError(cause);
  }
}

async function decodeKnown(
  bytes: Uint8Array,
  bounds: FilmLimits,
  rule: ModalityRule,
): Promise<Film> {
  if (bytes.length > bounds.maxBytes) {
    throw new InferenceError(
      "too-large",
      `The file has ${String(bytes.length >> 20)} MiB; at most ${String(bounds.maxBytes >> 20)} MiB are read.`,
    );
  }
  const signature = readSignature(bytes);
  if (signature.film === null) {
    const { looksLike, isPacked } = signature;
    throw new InferenceError(
      "unsupported-format",
      `The file looks like ${looksLike}; films are read as PNG, JPEG or DICOM.${isPacked ? " Unpack it and send the films in it." : ""}`,
    );
  }
  if (signature.film === "dicom") return decodeDicom(bytes, bounds, rule);
  const raster = await decodeRaster(bytes, bounds);
  return filmFromRaster(raster, signature.film, bounds);
}

/**
 * A broken file can make a decoder fail in ways that it does not foresee, from
 * a RangeError to running out of memory for a buffer: to the caller each means
 * that the film cannot be read, with the cause kept for the log.
 */
function asInferenceError(cause: unknown): InferenceError {
  if (cause instanceof InferenceError || cause instanceof DicomError) {
    const { code, message, doubtfulModality } = cause;
    return new InferenceError(code, withWayOn(code, message), {
      cause,
      doubtfulModality,
    });
  }
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new InferenceError(
    "unreadable",
    withWayOn(
      "unreadable",
      `The film cannot be decoded: ${detail.slice(0, 200)}`,
    ),
    { cause },
  );
}
