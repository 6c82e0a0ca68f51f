import { displayValue, windowFromEnds } from "@lung-iris/dicom";
import sharp from "sharp";

import type { DisplayWindow, Film } from "../types.ts";

/** How a film becomes a picture file. */
export interface RenderOptions {
  /**
   * `png16` keeps every grey level, spread over 0…65,535, unless a window is
   * given; `png8` and `jpeg` show the film through a window.
   */
  format: "png16" | "png8" | "jpeg";
  /** Longest side of the result; films are never enlarged. */
  maxSide?: number;
  /** Other than the film's own. */
  window?: DisplayWindow;
}

const JPEG_QUALITY = 88;

/**
 * A picture of the film for thumbnails, previews and exports. It holds pixels
 * and nothing else: no header, name or other metadata of the source.
 */
export async function renderFilm(
  film: Film,
  options: RenderOptions,
): Promise<Uint8Array> {
  const is16Bit = options.format === "png16";
  const samples = is16Bit
    ? toWords(film, options.window ?? windowFromEnds(0, film.maxValue))
    : toBytes(film, options.window ?? film.window);
  let image = sharp(samples, {
    raw: { width: film.width, height: film.height, channels: 1 },
    limitInputPixels: false,
  });
  if (options.maxSide !== undefined) {
    image = image.resize({
      width: options.maxSide,
      height: options.maxSide,
      fit: "inside",
      withoutEnlargement: true,
    });
  }
  const grey = image.toColourspace(is16Bit ? "grey16" : "b-w");
  const encoded =
    options.format === "jpeg"
      ? grey.jpeg({ quality: JPEG_QUALITY })
      : grey.png({ compressionLevel: 6 });
  // A copy of its own: sharp's memory cannot be handed to another thread.
  return new Uint8Array(await encoded.toBuffer());
}

/** The film through a window, 0 to 255 a pixel. */
export function toBytes(film: Film, window: DisplayWindow): Uint8Array {
  const table = new Uint8Array(film.maxValue + 1);
  for (let value = 0; value < table.length; value++) {
    table[value] = Math.round(displayValue(value, window) * 255);
  }
  const { pixels } = film;
  // Each value as it is, in one go: as most films of 8 bits are shown.
  if (table.length === 256 && table.every((grey, value) => grey === value))
    return new Uint8Array(pixels);
  const bytes = new Uint8Array(pixels.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = table[pixels[i] ?? 0] ?? 0;
  return bytes;
}

function toWords(film: Film, window: DisplayWindow): Uint16Array {
  const table = new Uint16Array(film.maxValue + 1);
  for (let value = 0; value < table.length; value++) {
    table[value] = Math.round(displayValue(value, window) * 65_535);
  }
  return film.pixels.map((value) => table[value] ?? 0);
}
