import {
  luma,
  mainRun,
  percentileWindow,
  valuesOf,
  windowFromEnds,
} from "@lung-iris/dicom";

import type { Film, FilmFormat, FilmWarning } from "../types.ts";
import type { FilmLimits } from "./film-limits.ts";
import type { RasterImage } from "./sharp-decoder.ts";
import { isSquare, makeSquare } from "./square-pixels.ts";

/** Share of the range by which channels must differ to be called coloured. */
const COLOUR_TOLERANCE = 0.06;
/** JPEG rounding tints single pixels of a grey picture saved as colour. */
const COLOURED_SHARE = 0.001;
/** Words of which borders and letters are painted. */
const MOST_PAINTED = 2;
/** Content of fewer bits above an offset may be noise alone. */
const LEAST_OFFSET_BITS = 11;

/** A film from decoded PNG or JPEG samples: colour to grey, alpha over black. */
export function filmFromRaster(
  image: RasterImage,
  format: Exclude<FilmFormat, "dicom">,
  limits: FilmLimits,
): Film {
  const { width, height, bits, aspect } = image;
  const { pixels, coloured } = toGrey(image, 2 ** bits - 1);
  const depth = bits === 8 ? 8 : fitDepth(pixels);
  const maxValue = 2 ** depth - 1;
  const warnings: FilmWarning[] = [];
  if (image.damage !== null) warnings.push("damaged-picture");
  if (coloured > width * height * COLOURED_SHARE) {
    warnings.push("colour-converted-to-grey");
  }
  if (!isSquare(aspect)) warnings.push("pixels-made-square");
  const film: Film = {
    width,
    height,
    pixels,
    maxValue,
    bitsStored: depth,
    format,
    // 8-bit pictures are saved as they are to be seen; deeper ones seldom use
    // the whole of their range.
    window:
      bits === 8
        ? windowFromEnds(0, maxValue)
        : percentileWindow(histogramOf(pixels, maxValue)),
    ...(image.damage === null ? {} : { damage: image.damage }),
    warnings,
  };
  return makeSquare(film, aspect, limits);
}

function toGrey(
  { width, height, channels, samples }: RasterImage,
  maxValue: number,
): { pixels: Uint16Array; coloured: number } {
  if (channels === 1) {
    const pixels =
      samples instanceof Uint16Array ? samples : Uint16Array.from(samples);
    return { pixels, coloured: 0 };
  }
  const pixels = new Uint16Array(width * height);
  const tolerance = maxValue * COLOUR_TOLERANCE;
  const hasColour = channels >= 3;
  const opaque =
    channels % 2 === 0 ? opaqueAlpha(samples, channels, maxValue) : 0;
  let coloured = 0;
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    const red = samples[at] ?? 0;
    const green = hasColour ? (samples[at + 1] ?? 0) : red;
    const blue = hasColour ? (samples[at + 2] ?? 0) : red;
    const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
    if (spread > tolerance) coloured += 1;
    const grey = spread === 0 ? red : luma(red, green, blue);
    const alpha = opaque === 0 ? 1 : (samples[at + channels - 1] ?? 0) / opaque;
    pixels[i] = Math.round(grey * alpha);
  }
  return { pixels, coloured };
}

/**
 * The alpha that means opaque. Writers that put ten to fourteen bits into
 * sixteen fill no more of alpha. 0 for a picture without any: one that is
 * transparent all over was not meant to be.
 */
function opaqueAlpha(
  samples: RasterImage["samples"],
  channels: number,
  maxValue: number,
): number {
  let highest = 0;
  for (let at = channels - 1; at < samples.length; at += channels) {
    const alpha = samples[at] ?? 0;
    if (alpha > highest) highest = alpha;
  }
  return maxValue > 255 && highest < 2 ** 14 ? highest : highest && maxValue;
}

/**
 * Bits that a deep picture needs; the pixels are brought to them. Sixteen are
 * written for films of ten or twelve, and for such with an offset; letters and
 * borders in the highest word are no measure. The whole range is believed where
 * only a bit or two are spare.
 */
function fitDepth(pixels: Uint16Array): number {
  const { run } = mainRun(valuesOf(histogramOf(pixels, 65_535)), Infinity);
  const painted = mainRun(run, MOST_PAINTED).run;
  const low = painted[0]?.value ?? 0;
  const high = painted.at(-1)?.value ?? 0;
  const base = offsetBase(low, high);
  const needed = Math.max(8, Math.ceil(Math.log2(high - base + 1)));
  if (needed >= 15) return 16;
  const top = 2 ** needed - 1;
  const { length } = pixels;
  // By index, here and below: an iterator takes three times as long.
  for (let at = 0; at < length; at++) {
    const value = (pixels[at] ?? 0) - base;
    pixels[at] = value < 0 ? 0 : value > top ? top : value;
  }
  return needed;
}

/**
 * What content far above zero begins at; 0 where a low contrast may as well be
 * that of a picture with nothing in it.
 */
function offsetBase(low: number, high: number): number {
  const isFilm = high - low >= 2 ** (LEAST_OFFSET_BITS - 1);
  return isFilm && high >= 2 * (high - low) ? low : 0;
}

function histogramOf(pixels: Uint16Array, maxValue: number): Uint32Array {
  const histogram = new Uint32Array(maxValue + 1);
  const { length } = pixels;
  for (let at = 0; at < length; at++) {
    const pixel = pixels[at] ?? 0;
    histogram[pixel] = (histogram[pixel] ?? 0) + 1;
  }
  return histogram;
}
