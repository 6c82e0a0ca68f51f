import {
  checkDimensions,
  DicomError,
  findJpegDamage,
  findPictureTear,
} from "@lung-iris/dicom";
import sharp from "sharp";

import { InferenceError } from "../errors.ts";
import type { FilmLimits } from "./film-limits.ts";
import { rasterAspect } from "./pixel-shape.ts";
import { findPngDamage, isPng } from "./png-damage.ts";

// The DICOM package blocked every loader but that of JPEG and set libvips to
// one thread without a cache; PNG is the one other kind that is read.
sharp.unblock({ operation: ["VipsForeignLoadPngBuffer"] });

/** Interleaved samples of a PNG or JPEG picture, as it is meant to be seen. */
export interface RasterImage {
  width: number;
  height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  channels: number;
  bits: 8 | 16;
  samples: Uint8Array | Uint16Array;
  /** What is damaged in the file, in words; null for nothing. */
  damage: string | null;
  /** Height of a pixel over its width, as the picture is seen. */
  aspect: number;
}

/**
 * Decodes PNG or JPEG bytes at full depth with EXIF orientation applied.
 *
 * @throws InferenceError `unreadable`, `too-large`; DicomError for its size.
 */
export async function decodeRaster(
  bytes: Uint8Array,
  limits: FilmLimits,
): Promise<RasterImage> {
  const options = {
    limitInputPixels: limits.maxPixels,
    failOn: "truncated",
    ignoreIcc: true,
    pages: 1,
  } as const;
  try {
    const { width, height, depth, channels, orientation } = await sharp(
      bytes,
      options,
    ).metadata();
    checkDimensions(width, height, limits);
    checkMemory(width, height, channels, depth, limits);
    const damage = isPng(bytes) ? findPngDamage(bytes) : findJpegDamage(bytes);
    const is16Bit = depth === "ushort";
    const isGrey = channels <= 2;
    const target = is16Bit
      ? isGrey
        ? "grey16"
        : "rgb16"
      : isGrey
        ? "b-w"
        : "srgb";
    // Grey stays as it is stored; left alone, sharp would make three channels.
    // What is known to be damaged is shown as far as it can be read.
    const failOn = damage === null ? options.failOn : "none";
    const { data, info } = await sharp(bytes, { ...options, failOn })
      .autoOrient()
      .toColourspace(target)
      .raw({ depth: is16Bit ? "ushort" : "uchar" })
      .toBuffer({ resolveWithObject: true });
    const picture = {
      width: info.width,
      height: info.height,
      channels: info.channels,
      samples: is16Bit ? wordsOf(data) : data,
    };
    // The rows of a turned picture are not those in which it was coded.
    const isAsCoded = !isPng(bytes) && (orientation ?? 1) === 1;
    const tear = isAsCoded
      ? findPictureTear({ ...picture, max: 255, unit: 8 })
      : null;
    const coded = rasterAspect(bytes);
    return {
      ...picture,
      bits: is16Bit ? 16 : 8,
      damage: damage ?? tear,
      aspect: isOnItsSide(orientation) ? 1 / coded : coded,
    };
  } catch (cause) {
    if (cause instanceof DicomError || cause instanceof InferenceError) {
      throw cause;
    }
    const detail = cause instanceof Error ? cause.message : String(cause);
    const isLimit = detail.includes("exceeds pixel limit");
    throw new InferenceError(
      isLimit ? "too-large" : "unreadable",
      `The picture cannot be decoded: ${firstLine(detail)}`,
      { cause },
    );
  }
}

/**
 * Refuses what would take more memory than its pixels are worth: colour and
 * transparency of 16 bits make eight bytes of a grey pixel's one.
 */
function checkMemory(
  width: number,
  height: number,
  channels: number,
  depth: string,
  limits: FilmLimits,
): void {
  const bytes = width * height * channels * (depth === "ushort" ? 2 : 1);
  if (bytes <= limits.maxDecodedBytes) return;
  throw new InferenceError(
    "too-large",
    `The picture takes ${String(Math.ceil(bytes / 2 ** 20))} MiB decoded (${String(width)} × ${String(height)}, ${String(channels)} channels); at most ${String(limits.maxDecodedBytes >> 20)} MiB are read. Save it as grey.`,
  );
}

/** EXIF 2.32 orientations that change rows and columns. */
function isOnItsSide(orientation: number | undefined): boolean {
  return orientation !== undefined && orientation >= 5 && orientation <= 8;
}

function wordsOf(data: Buffer): Uint16Array {
  // slice() aligns the bytes, which Uint16Array needs.
  const aligned = data.buffer.slice(
    data.byteOffset,
    data.byteOffset + data.byteLength,
  );
  return new Uint16Array(aligned);
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").slice(0, 200);
}
