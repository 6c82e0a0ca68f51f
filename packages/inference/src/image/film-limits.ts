import { DEFAULT_PICTURE_LIMITS, type PictureLimits } from "@lung-iris/dicom";

/** Bounds that hold for every film, whatever its header claims. */
export interface FilmLimits extends PictureLimits {
  /** Size of the file itself, bytes. */
  maxBytes: number;
  /** Samples of a PNG or JPEG as they are decoded, all channels, bytes. */
  maxDecodedBytes: number;
}

/** `DEFAULT_PICTURE_LIMITS` says how the other figures come about. */
export const DEFAULT_FILM_LIMITS: FilmLimits = {
  ...DEFAULT_PICTURE_LIMITS,
  maxBytes: 200 * 2 ** 20,
  // 50 million pixels of colour, or 20 million of 16 bits in colour with
  // transparency: more is no film but an attack on the memory.
  maxDecodedBytes: 160 * 2 ** 20,
};
