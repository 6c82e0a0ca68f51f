import sharp, { type Sharp } from "sharp";
import type { FilmPixels } from "../types.ts";

/** Pixels as sharp takes them: 8 bits as they are shown, or 16 bits at full depth. */
function asRaw(
  film: FilmPixels,
  bits: 8 | 16,
): { data: Uint8Array | Uint16Array; space: "b-w" | "grey16" } {
  if (bits === 16) {
    // 4095 × 16 = 65520: the upper twelve bits of sixteen.
    const scale = Math.floor(65535 / film.maxValue);
    return { data: film.pixels.map((v) => v * scale), space: "grey16" };
  }
  const scale = 255 / film.maxValue;
  return {
    data: Uint8Array.from(film.pixels, (v) => Math.round(v * scale)),
    space: "b-w",
  };
}

function pipeline(film: FilmPixels, bits: 8 | 16): Sharp {
  const { data, space } = asRaw(film, bits);
  const raw = {
    width: film.width,
    height: film.height,
    channels: 1,
  } as const;
  return sharp(data, { raw }).toColourspace(space);
}

/** A grey PNG of one channel. */
export async function encodePhantomPng(
  film: FilmPixels,
  options: { readonly bits: 8 | 16 } = { bits: 8 },
): Promise<Uint8Array> {
  const buffer = await pipeline(film, options.bits)
    .png({ compressionLevel: 6 })
    .toBuffer();
  return new Uint8Array(buffer);
}

/** A grey JPEG, 8 bits; in one scan, or in several that refine each other. */
export async function encodePhantomJpeg(
  film: FilmPixels,
  { quality = 92, progressive = false } = {},
): Promise<Uint8Array> {
  const buffer = await pipeline(film, 8)
    .jpeg({ quality, progressive })
    .toBuffer();
  return new Uint8Array(buffer);
}
