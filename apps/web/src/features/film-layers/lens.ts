import { canvasToFilm } from "../viewer/view-transform.ts";
import type { Film, Point, ViewTransform } from "../viewer/viewer-contract.ts";

/** Across, in CSS pixels. */
export const LENS_SIZE = 220;

/** How much larger than the film around it a lens shows things, at least. */
const LEAST_POWER = 2;
/** A film pixel is this large in a lens at least, in CSS pixels. */
const LEAST_PIXEL = 1;

/** How much larger a lens shows a film whose pixels are `scale` large. */
export function lensPower(scale: number): number {
  return Math.max(LEAST_POWER, LEAST_PIXEL / scale);
}

interface Lens {
  /** its middle on the canvas, in CSS pixels */
  readonly at: Point;
  readonly view: ViewTransform;
  readonly power: number;
  /** samples along each side of the picture that is painted */
  readonly samples: number;
}

/**
 * The film under a lens, row by row as RGBA: the pixels of the film, not of
 * the screen, with straight lines between their centres. Black beside it.
 * @param greys of each stored value
 */
export function paintLens(
  film: Pick<Film, "width" | "height" | "pixels">,
  greys: Uint8ClampedArray,
  { at, view, power, samples }: Lens,
): Uint8ClampedArray<ArrayBuffer> {
  const half = LENS_SIZE / 2 / power;
  const corner = canvasToFilm(view, { x: at.x - half, y: at.y - half });
  const right = canvasToFilm(view, { x: at.x + half, y: at.y - half });
  const down = canvasToFilm(view, { x: at.x - half, y: at.y + half });
  const across = {
    x: (right.x - corner.x) / samples,
    y: (right.y - corner.y) / samples,
  };
  const along = {
    x: (down.x - corner.x) / samples,
    y: (down.y - corner.y) / samples,
  };
  const picture = new Uint8ClampedArray(4 * samples * samples);
  let to = 0;
  for (let row = 0; row < samples; row++) {
    for (let column = 0; column < samples; column++) {
      const x =
        corner.x + (column + 0.5) * across.x + (row + 0.5) * along.x - 0.5;
      const y =
        corner.y + (column + 0.5) * across.y + (row + 0.5) * along.y - 0.5;
      const grey = greyAt(film, greys, x, y);
      picture[to] = grey;
      picture[to + 1] = grey;
      picture[to + 2] = grey;
      picture[to + 3] = 255;
      to += 4;
    }
  }
  return picture;
}

/** Between four pixels whose centres lie at whole numbers. */
function greyAt(
  { width, height, pixels }: Pick<Film, "width" | "height" | "pixels">,
  greys: Uint8ClampedArray,
  x: number,
  y: number,
): number {
  if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) return 0;
  const left = Math.min(Math.max(Math.floor(x), 0), width - 1);
  const top = Math.min(Math.max(Math.floor(y), 0), height - 1);
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  const partX = Math.min(Math.max(x - left, 0), 1);
  const partY = Math.min(Math.max(y - top, 0), 1);
  const grey = (column: number, row: number) =>
    greys[pixels[row * width + column] ?? 0] ?? 0;
  const upper = grey(left, top) * (1 - partX) + grey(right, top) * partX;
  const lower = grey(left, bottom) * (1 - partX) + grey(right, bottom) * partX;
  return upper * (1 - partY) + lower * partY;
}
