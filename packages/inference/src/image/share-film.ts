import { findPictureText, type TextRegion } from "../text/picture-text.ts";
import type { Film } from "../types.ts";
import { renderFilm, type RenderOptions } from "./render-film.ts";

/** How a film is prepared to leave the house. */
export interface ShareOptions {
  render: RenderOptions;
  /** Films with letters in them: kept back, or without the letters. */
  pictureText: "leave-out" | "blank";
  /** Whether the samples are wanted beside the picture. */
  withSamples: boolean;
}

/** A film that may leave, or word that it may not. */
export interface SharedFilm {
  /** Letters were found in it. */
  hasText: boolean;
  /** The picture file; null of a film that is kept back. */
  picture: Uint8Array | null;
  /** Grey samples row by row, a larger value is brighter; where wanted. */
  samples: Uint16Array | null;
  width: number;
  height: number;
  bitsStored: number;
  window: Film["window"];
  /** Millimetres a pixel [row, column], where known. */
  pixelSpacing: [number, number] | null;
}

/** Looks at a blanked film again: what is left may now stand out. */
const PASSES = 4;

/**
 * A film without the letters in it. One that still shows some after a few
 * passes is kept back, whatever was asked for.
 */
export async function shareFilm(
  film: Film,
  options: ShareOptions,
): Promise<SharedFilm> {
  const found = findPictureText(film);
  const clean =
    found.length === 0
      ? film
      : options.pictureText === "blank"
        ? blanked(film, found)
        : null;
  const { width, height, bitsStored, window, pixelSpacing } = film;
  return {
    hasText: found.length > 0,
    picture: clean === null ? null : await renderFilm(clean, options.render),
    samples:
      clean === null || !options.withSamples
        ? null
        : new Uint16Array(clean.pixels),
    width,
    height,
    bitsStored,
    window,
    pixelSpacing: pixelSpacing ?? null,
  };
}

/** The film with black in place of letters; null where some remain. */
function blanked(film: Film, found: readonly TextRegion[]): Film | null {
  const pixels = new Uint16Array(film.pixels);
  const clean: Film = { ...film, pixels };
  let regions = found;
  for (let pass = 0; pass < PASSES && regions.length > 0; pass += 1) {
    for (const { x, y, width, height } of regions)
      for (let row = y; row < y + height; row += 1)
        pixels.fill(0, row * film.width + x, row * film.width + x + width);
    regions = findPictureText(clean);
  }
  return regions.length === 0 ? clean : null;
}
