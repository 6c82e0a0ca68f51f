import { DEFAULT_PICTURE_LIMITS, type PictureLimits } from "@lung-iris/dicom";

/** Bounds that hold for every film, whatever its header claims. */
export interface FilmLimits extends PictureLimits {
  /** Size of the file itself, bytes. */
  maxBytes: number;
}

/** `DEFAULT_PICTURE_LIMITS` says how the other figures come about. */
export const DEFAULT_FILM_LIMITS: FilmLimits = {
  ...DEFAULT_PICTURE_LIMITS,
  maxBytes: 200 * 2 ** 20,
};
