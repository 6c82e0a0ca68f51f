import type {
  Film,
  Orientation,
  ViewTransform,
} from "../src/features/viewer/viewer-contract.ts";

/** Pixels are moved in squares of this side, which fit the processor's cache. */
const TILE = 64;

/**
 * The film as it is turned and mirrored: its pixels in their new places, none
 * made anew. Both of Cornerstone's drawing paths then show it alike; the film
 * itself where nothing is turned.
 */
export function orientFilm(film: Film, orientation: Orientation): Film {
  const { turns, flipped } = orientation;
  if (turns === 0 && !flipped) return film;
  const isSideways = turns % 2 === 1;
  const width = isSideways ? film.height : film.width;
  const height = isSideways ? film.width : film.height;
  const pixels = new Uint16Array(film.pixels.length);
  const { a, b, c, d, e, f } = orientationMatrix(film, orientation);
  // Centres of pixels: half a pixel in, so that whole numbers come out.
  const shiftX = e + (a + c) / 2 - 0.5;
  const shiftY = f + (b + d) / 2 - 0.5;
  for (let top = 0; top < film.height; top += TILE) {
    const bottom = Math.min(top + TILE, film.height);
    for (let left = 0; left < film.width; left += TILE) {
      const right = Math.min(left + TILE, film.width);
      for (let y = top; y < bottom; y++) {
        let to =
          (d * y + b * left + shiftY) * width + a * left + c * y + shiftX;
        const step = b * width + a;
        let from = y * film.width + left;
        for (let x = left; x < right; x++, to += step, from++) {
          pixels[to] = film.pixels[from] ?? 0;
        }
      }
    }
  }
  const spacing = film.pixelSpacing;
  return {
    ...film,
    width,
    height,
    pixels,
    pixelSpacing: spacing && isSideways ? [spacing[1], spacing[0]] : spacing,
  };
}

/** From film coordinates to those of the film as it is turned and mirrored. */
export function orientationMatrix(
  { width, height }: Pick<Film, "width" | "height">,
  { turns, flipped }: Orientation,
): ViewTransform {
  const turned = {
    0: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 },
    1: { a: 0, b: 1, c: -1, d: 0, e: height, f: 0 },
    2: { a: -1, b: 0, c: 0, d: -1, e: width, f: height },
    3: { a: 0, b: -1, c: 1, d: 0, e: 0, f: width },
  }[turns];
  if (!flipped) return turned;
  const across = turns % 2 === 1 ? height : width;
  return { ...turned, a: -turned.a, c: -turned.c, e: across - turned.e };
}
