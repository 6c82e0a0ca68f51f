import type { ActivationMap, Assessment, Box, Film } from "../types.ts";

/**
 * How the pixels of a film's file are laid before anybody looks: turned by
 * quarters clockwise, and then mirrored, left for right. What people or nets
 * say of places on a film is kept in pixels of the file, so that a corrected
 * orientation moves no mark.
 */
export interface FilmOrientation {
  turns: 0 | 1 | 2 | 3;
  isMirrored: boolean;
}

/** The film lies as its file has it. */
export const AS_STORED: FilmOrientation = { turns: 0, isMirrored: false };

interface Size {
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

/** Pixels are moved in squares of this side, which fit the processor's cache. */
const TILE = 64;

/** The film as it lies; the film itself where nothing is turned. */
export function orientFilm(film: Film, orientation: FilmOrientation): Film {
  if (isAsStored(orientation)) return film;
  const pixels = new Uint16Array(film.pixels.length);
  orientSamples(film.pixels, pixels, film, orientation);
  const spacing = film.pixelSpacing;
  return {
    ...film,
    ...orientedSize(film, orientation),
    pixels,
    ...(spacing !== undefined && isSideways(orientation)
      ? { pixelSpacing: [spacing[1], spacing[0]] }
      : {}),
  };
}

/** Width and height of the film as it lies. */
export function orientedSize(
  { width, height }: Size,
  orientation: FilmOrientation,
): Size {
  return isSideways(orientation)
    ? { width: height, height: width }
    : { width, height };
}

/**
 * Where a point of the film's file lies on the film as it lies, both counted
 * from the outer edge of the first pixel; `size`: of the file.
 */
export function orientPoint(
  { x, y }: Point,
  size: Size,
  { turns, isMirrored }: FilmOrientation,
): Point {
  const { width, height } = size;
  const turned = {
    0: { x, y },
    1: { x: height - y, y: x },
    2: { x: width - x, y: height - y },
    3: { x: y, y: width - x },
  }[turns];
  if (!isMirrored) return turned;
  const across = orientedSize(size, { turns, isMirrored }).width;
  return { x: across - turned.x, y: turned.y };
}

/** The same of a rectangle, whatever else is said of it. */
export function orientRect<Rect extends Point & Size>(
  rect: Rect,
  size: Size,
  orientation: FilmOrientation,
): Rect {
  const one = orientPoint(rect, size, orientation);
  const other = orientPoint(
    { x: rect.x + rect.width, y: rect.y + rect.height },
    size,
    orientation,
  );
  return {
    ...rect,
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(other.x - one.x),
    height: Math.abs(other.y - one.y),
  };
}

/**
 * What was said of the film as it lies, in pixels of its file; `stored`: the
 * size there.
 */
export function inStoredPixels(
  assessment: Assessment,
  stored: Size,
  orientation: FilmOrientation,
): Assessment {
  if (isAsStored(orientation)) return assessment;
  const size = orientedSize(stored, orientation);
  const back = inverseOf(orientation);
  return {
    ...assessment,
    cam: assessment.cam.map((map) => orientMap(map, size, back)),
    boxes: assessment.boxes.map((box): Box => orientRect(box, size, back)),
  };
}

/** What lays a film back as its file has it. A mirrored turn undoes itself. */
function inverseOf({ turns, isMirrored }: FilmOrientation): FilmOrientation {
  const back = { 0: 0, 1: 3, 2: 2, 3: 1 } as const;
  return { turns: isMirrored ? turns : back[turns], isMirrored };
}

function isAsStored({ turns, isMirrored }: FilmOrientation): boolean {
  return turns === 0 && !isMirrored;
}

function isSideways({ turns }: FilmOrientation): boolean {
  return turns % 2 === 1;
}

function orientMap(
  map: ActivationMap,
  film: Size,
  orientation: FilmOrientation,
): ActivationMap {
  const values = new Float32Array(map.values.length);
  orientSamples(map.values, values, map, orientation);
  return {
    ...map,
    ...orientedSize(map, orientation),
    values,
    rect: orientRect(map.rect, film, orientation),
  };
}

/** Puts every sample into its new place; none is made anew. */
function orientSamples<Samples extends Uint16Array | Float32Array>(
  from: Samples,
  to: Samples,
  size: Size,
  orientation: FilmOrientation,
): void {
  const { width, height } = size;
  const across = orientedSize(size, orientation).width;
  // Centres of samples: half a sample in, so that whole numbers come out.
  const indexOf = (x: number, y: number): number => {
    const at = orientPoint({ x: x + 0.5, y: y + 0.5 }, size, orientation);
    return (at.y - 0.5) * across + (at.x - 0.5);
  };
  const first = indexOf(0, 0);
  const aside = indexOf(1, 0) - first;
  const below = indexOf(0, 1) - first;
  for (let top = 0; top < height; top += TILE) {
    const bottom = Math.min(top + TILE, height);
    for (let left = 0; left < width; left += TILE) {
      const right = Math.min(left + TILE, width);
      for (let y = top; y < bottom; y += 1) {
        let at = first + below * y + aside * left;
        for (let x = left; x < right; x += 1, at += aside)
          to[at] = from[y * width + x] ?? 0;
      }
    }
  }
}
