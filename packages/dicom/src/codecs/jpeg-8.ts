import sharp from "sharp";

import { DicomError } from "../errors.ts";
import type { CodecFrame } from "../pixels/frame.ts";
import type { PictureLimits } from "../picture-limits.ts";

// Whatever a file claims to be, only this loader exists in the process:
// libvips would otherwise open SVG, GIF, TIFF, PDF and more by their content.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadJpegBuffer"] });
// Every film is decoded once; a cache would only hold patients' pixels.
sharp.cache(false);
// Films are spread over worker threads already, one per core.
sharp.concurrency(1);

/**
 * JPEG of 8 bits a sample, sequential or progressive (libjpeg-turbo). Colour
 * comes back as its components where the stream does not say what they are
 * (neither JFIF nor Adobe marker): the header does. Then `model` is absent.
 *
 * @throws DicomError `unreadable` with what the library complained of.
 */
export async function decodeJpeg8(
  bytes: Uint8Array,
  limits: PictureLimits,
): Promise<{ frame: CodecFrame; model?: "rgb" }> {
  try {
    const isSilent = saysNothingOfColour(bytes);
    const image = sharp(isSilent ? withoutTransform(bytes) : bytes, {
      limitInputPixels: limits.maxPixels,
      failOn: "truncated",
      ignoreIcc: true,
    });
    const { channels } = await image.metadata();
    // Grey stays as it is stored; left alone, sharp would make three channels.
    const { data, info } = await image
      .toColourspace(channels <= 2 ? "b-w" : "srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels: components } = info;
    const frame = { width, height, components, bits: 8, samples: data };
    return isSilent ? { frame } : { frame, model: "rgb" };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const [line = ""] = detail.split("\n");
    throw new DicomError(
      "unreadable",
      `The JPEG picture cannot be decoded: ${line.slice(0, 200)}`,
      { cause },
    );
  }
}

const APP0 = 0xe0;
const APP14 = 0xee;
const SOS = 0xda;
/** Adobe's APP14 with transform 0: components are taken as they are. */
const ADOBE_NO_TRANSFORM = Uint8Array.from([
  0xff,
  APP14,
  0x00,
  0x0e,
  ...Buffer.from("Adobe"),
  0x00,
  0x64,
  0x00,
  0x00,
  0x00,
  0x00,
  0x00,
]);

/** True where neither a JFIF nor an Adobe segment says what three components are. */
function saysNothingOfColour(bytes: Uint8Array): boolean {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isSaid =
      (marker === APP0 && hasName(bytes, at + 4, "JFIF")) ||
      (marker === APP14 && hasName(bytes, at + 4, "Adobe"));
    if (isSaid) return false;
    if (marker === SOS) return true;
    if (marker === 0xff) at += 1;
    else
      at += 2 + Math.max(2, ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return true;
}

/** Segments of these markers are used for other things as well. */
function hasName(bytes: Uint8Array, at: number, name: string): boolean {
  const found = bytes.subarray(at, at + name.length);
  return Buffer.from(found).toString("latin1") === name;
}

function withoutTransform(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([
    bytes.subarray(0, 2),
    ADOBE_NO_TRANSFORM,
    bytes.subarray(2),
  ]);
}
