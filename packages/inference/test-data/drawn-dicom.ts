import {
  type DicomElement,
  type DicomWriteOptions,
  filmElements,
  writeDicom,
  type WrittenFilm,
} from "@lung-iris/dicom/writer";

import { decodeFilm } from "../src/image/decode-film.ts";
import { chestPixels } from "./chest-drawing.ts";

// A drawn chest of 32 × 32 pixels, so that its sense is clear; the values that
// a test is about are its first pixels. Expected values are worked out by hand
// from the clause named.
export const SIDE = 32;

/** The elements of such a film, with the parts that a test is about. */
export function film(part: Partial<WrittenFilm> = {}): DicomElement[] {
  return filmElements({
    rows: SIDE,
    columns: SIDE,
    pixels: chestPixels(SIDE, 4095),
    ...part,
  });
}

/** The same written as a file and read back by the product. */
export function decode(
  part: Partial<WrittenFilm> = {},
  options: DicomWriteOptions = {},
) {
  return decodeFilm(writeDicom(film(part), options), { minSide: 8 });
}
