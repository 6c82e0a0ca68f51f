import type { Film } from "../types.ts";
import type { FilmLimits } from "./film-limits.ts";

/** Proportions closer to one than this are rounding of the header. */
const TOLERANCE = 0.01;

/** True where height and width of a pixel are the same for every purpose. */
export function isSquare(aspect: number): boolean {
  return Math.abs(aspect - 1) <= TOLERANCE;
}

/**
 * The film with square pixels: stretched along the side on which its pixels are
 * longer, linearly at full depth, so that the viewer, the model, its boxes and
 * every export see true proportions. A film whose pixels are square already, or
 * that would grow beyond the limits, comes back as it is.
 *
 * @param aspect height of a pixel over its width.
 */
export function makeSquare(
  film: Film,
  aspect: number,
  limits: FilmLimits,
): Film {
  if (isSquare(aspect)) return film;
  const width = aspect < 1 ? Math.round(film.width / aspect) : film.width;
  const height = aspect > 1 ? Math.round(film.height * aspect) : film.height;
  const isTooLarge =
    width * height > limits.maxPixels ||
    Math.max(width, height) > limits.maxSide;
  if (isTooLarge) {
    const warnings = film.warnings.filter((w) => w !== "pixels-made-square");
    return { ...film, warnings };
  }
  const pixels =
    aspect > 1 ? stretchRows(film, height) : stretchColumns(film, width);
  const side = Math.min(...(film.pixelSpacing ?? []));
  return {
    ...film,
    width,
    height,
    pixels,
    ...(film.pixelSpacing === undefined ? {} : { pixelSpacing: [side, side] }),
  };
}

function stretchRows({ pixels, width, height }: Film, to: number): Uint16Array {
  const out = new Uint16Array(width * to);
  for (let y = 0; y < to; y++) {
    const { at, next, part } = source(y, to, height);
    for (let x = 0; x < width; x++) {
      const a = pixels[at * width + x] ?? 0;
      const b = pixels[next * width + x] ?? 0;
      out[y * width + x] = Math.round(a + (b - a) * part);
    }
  }
  return out;
}

function stretchColumns(
  { pixels, width, height }: Film,
  to: number,
): Uint16Array {
  const out = new Uint16Array(to * height);
  const columns = Array.from({ length: to }, (_, x) => source(x, to, width));
  for (let y = 0; y < height; y++) {
    for (const [x, { at, next, part }] of columns.entries()) {
      const a = pixels[y * width + at] ?? 0;
      const b = pixels[y * width + next] ?? 0;
      out[y * to + x] = Math.round(a + (b - a) * part);
    }
  }
  return out;
}

/** Both neighbours of a new pixel's centre and the second one's weight. */
function source(
  index: number,
  to: number,
  from: number,
): { at: number; next: number; part: number } {
  const centre = ((index + 0.5) * from) / to - 0.5;
  const inside = Math.min(from - 1, Math.max(0, centre));
  const at = Math.trunc(inside);
  return { at, next: Math.min(from - 1, at + 1), part: inside - at };
}
