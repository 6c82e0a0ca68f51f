import type { PlainTransform } from "./film-space.ts";
import { levelFor, type Samples } from "./film-levels.ts";

/** Weights between two samples in 128 parts: 16 bits and two of them fit 30. */
const PARTS_BITS = 7;
const PARTS = 1 << PARTS_BITS;
const BLACK = 0xff000000;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** row by row, as the bytes of `ImageData` lie in memory */
  readonly pixels: Uint32Array;
}

/** The grey of each stored value as a pixel of a picture. */
export function greyPixels(greys: Uint8ClampedArray): Uint32Array {
  const pixels = new Uint32Array(greys.length);
  for (let value = 0; value < greys.length; value++) {
    // Little-endian, as every browser's typed arrays are.
    pixels[value] = BLACK | ((greys[value] ?? 0) * 0x010101);
  }
  return pixels;
}

/**
 * Paints what a canvas shows of a film, pixel by pixel of the canvas: what it
 * costs goes by the screen and not by the film. Values are taken between four
 * samples and windowed then, as graphics processors do. Black beside the film.
 * @param greys as {@link greyPixels} gives them
 */
export function paintFilm(
  film: Samples,
  greys: Uint32Array,
  view: PlainTransform,
  picture: Picture,
): void {
  const { level, side } = levelFor(film, Math.max(view.scaleX, view.scaleY));
  const across = samplesAlong(
    { offset: view.offsetX, scale: view.scaleX, side },
    { film: film.width, level: level.width, picture: picture.width },
  );
  const down = samplesAlong(
    { offset: view.offsetY, scale: view.scaleY, side },
    { film: film.height, level: level.height, picture: picture.height },
  );
  const { pixels } = picture;
  pixels.fill(BLACK, 0, down.from * picture.width);
  pixels.fill(BLACK, down.to * picture.width);
  for (let row = down.from; row < down.to; row++) {
    const begin = row * picture.width;
    pixels.fill(BLACK, begin, begin + across.from);
    pixels.fill(BLACK, begin + across.to, begin + picture.width);
    paintRow(level, greys, across, pixels, {
      begin,
      upper: (down.first[row] ?? 0) * level.width,
      lower: (down.second[row] ?? 0) * level.width,
      part: down.part[row] ?? 0,
    });
  }
}

interface Row {
  /** where it begins in the picture */
  readonly begin: number;
  /** where the sample rows above and below it begin */
  readonly upper: number;
  readonly lower: number;
  readonly part: number;
}

function paintRow(
  { pixels: samples }: Samples,
  greys: Uint32Array,
  { from, to, first, second, part }: Along,
  pixels: Uint32Array,
  row: Row,
): void {
  const { begin, upper, lower, part: down } = row;
  for (let column = from; column < to; column++) {
    const left = first[column] ?? 0;
    const right = second[column] ?? 0;
    const across = part[column] ?? 0;
    const a = samples[upper + left] ?? 0;
    const b = samples[upper + right] ?? 0;
    const c = samples[lower + left] ?? 0;
    const d = samples[lower + right] ?? 0;
    const above = (a << PARTS_BITS) + (b - a) * across;
    const below = (c << PARTS_BITS) + (d - c) * across;
    const value = (above << PARTS_BITS) + (below - above) * down;
    pixels[begin + column] =
      greys[(value + ROUNDING) >> (2 * PARTS_BITS)] ?? BLACK;
  }
}

const ROUNDING = 1 << (2 * PARTS_BITS - 1);

/** For each pixel of one side of a picture, the two samples it lies between. */
interface Along {
  /** the pixels whose middle lies on the film */
  readonly from: number;
  readonly to: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** how near it is to the second, in 128 parts */
  readonly part: Int32Array;
}

function samplesAlong(
  lies: { offset: number; scale: number; side: number },
  counts: { film: number; level: number; picture: number },
): Along {
  const { offset, scale, side } = lies;
  const clamped = (pixel: number) =>
    Math.min(Math.max(pixel, 0), counts.picture);
  const from = clamped(Math.ceil(offset - 0.5));
  const end = clamped(Math.ceil(offset + counts.film * scale - 0.5));
  const to = Math.max(from, end);
  const first = new Int32Array(counts.picture);
  const second = new Int32Array(counts.picture);
  const part = new Int32Array(counts.picture);
  for (let pixel = from; pixel < to; pixel++) {
    // Middles of samples lie half a sample in.
    const at = (pixel + 0.5 - offset) / scale / side - 0.5;
    const before = Math.floor(at);
    first[pixel] = Math.min(Math.max(before, 0), counts.level - 1);
    second[pixel] = Math.min(Math.max(before + 1, 0), counts.level - 1);
    part[pixel] = Math.round((at - before) * PARTS);
  }
  return { from, to, first, second, part };
}
