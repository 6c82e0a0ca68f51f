import { luma, percentileWindow, windowFromEnds } from "@lung-iris/dicom";

import type { Film, FilmFormat, FilmWarning } from "../types.ts";
import type { RasterImage } from "./sharp-decoder.ts";

/** Share of the range by which channels must differ to be called coloured. */
const COLOUR_TOLERANCE = 0.06;
/** JPEG rounding tints single pixels of a grey picture saved as colour. */
const COLOURED_SHARE = 0.001;

/** A film from decoded PNG or JPEG samples: colour to grey, alpha over black. */
export function filmFromRaster(
  image: RasterImage,
  format: Exclude<FilmFormat, "dicom">,
): Film {
  const { width, height, bits } = image;
  const { pixels, coloured } = toGrey(image, 2 ** bits - 1);
  const depth = bits === 8 ? 8 : depthOf(pixels);
  const maxValue = 2 ** depth - 1;
  const warnings: FilmWarning[] = [];
  if (image.damage !== null) warnings.push("damaged-picture");
  if (coloured > width * height * COLOURED_SHARE) {
    warnings.push("colour-converted-to-grey");
  }
  return {
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
  const hasAlpha = channels % 2 === 0;
  let coloured = 0;
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    const red = samples[at] ?? 0;
    const green = hasColour ? (samples[at + 1] ?? 0) : red;
    const blue = hasColour ? (samples[at + 2] ?? 0) : red;
    const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
    if (spread > tolerance) coloured += 1;
    const grey = spread === 0 ? red : luma(red, green, blue);
    const alpha = hasAlpha ? (samples[at + channels - 1] ?? 0) : maxValue;
    pixels[i] = Math.round((grey * alpha) / maxValue);
  }
  return { pixels, coloured };
}

/**
 * Bits that a deep picture needs. Sixteen are written for films of ten or
 * twelve; the whole range is believed where only a bit or two are spare.
 */
function depthOf(pixels: Uint16Array): number {
  const { length } = pixels;
  let highest = 0;
  // By index, here and below: an iterator takes three times as long.
  for (let at = 0; at < length; at++) {
    const pixel = pixels[at] ?? 0;
    if (pixel > highest) highest = pixel;
  }
  const needed = Math.max(8, Math.ceil(Math.log2(highest + 1)));
  return needed >= 15 ? 16 : needed;
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
