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
 * JPEG of 8 bits a sample, sequential or progressive (libjpeg-turbo).
 *
 * @throws DicomError `unreadable` with what the library complained of.
 */
export async function decodeJpeg8(
  bytes: Uint8Array,
  limits: PictureLimits,
): Promise<CodecFrame> {
  try {
    const image = sharp(bytes, {
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
    return { width, height, components, bits: 8, samples: data };
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
