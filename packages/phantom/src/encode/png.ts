import sharp, { type Sharp } from "sharp";
import type { Phantom } from "../types.ts";

/** Pixels as sharp takes them: 8 bits as they are shown, or 16 bits at full depth. */
function asRaw(
  phantom: Phantom,
  bits: 8 | 16,
): { data: Uint8Array | Uint16Array; space: "b-w" | "grey16" } {
  if (bits === 16) {
    // 4095 × 16 = 65520: the upper twelve bits of sixteen.
    const scale = Math.floor(65535 / phantom.maxValue);
    return { data: phantom.pixels.map((v) => v * scale), space: "grey16" };
  }
  const scale = 255 / phantom.maxValue;
  return {
    data: Uint8Array.from(phantom.pixels, (v) => Math.round(v * scale)),
    space: "b-w",
  };
}

function pipeline(phantom: Phantom, bits: 8 | 16): Sharp {
  const { data, space } = asRaw(phantom, bits);
  const raw = {
    width: phantom.width,
    height: phantom.height,
    channels: 1,
  } as const;
  return sharp(data, { raw }).toColourspace(space);
}

/** A grey PNG of one channel. */
export async function encodePhantomPng(
  phantom: Phantom,
  options: { readonly bits: 8 | 16 } = { bits: 8 },
): Promise<Uint8Array> {
  const buffer = await pipeline(phantom, options.bits)
    .png({ compressionLevel: 6 })
    .toBuffer();
  return new Uint8Array(buffer);
}

/** A grey JPEG, 8 bits. */
export async function encodePhantomJpeg(
  phantom: Phantom,
  options: { readonly quality: number } = { quality: 92 },
): Promise<Uint8Array> {
  const buffer = await pipeline(phantom, 8)
    .jpeg({ quality: options.quality })
    .toBuffer();
  return new Uint8Array(buffer);
}
