import { DicomError } from "../errors.ts";
import type { PictureLimits } from "../picture-limits.ts";
import { decodeJpeg8 } from "../codecs/jpeg-8.ts";
import {
  hasPlanarScans,
  jpeg2000Size,
  jpegSize,
  type CodestreamSize,
} from "../codecs/codestream-size.ts";
import { findBlockDamage } from "../codecs/jpeg-2000/block-damage.ts";
import {
  askForEnds,
  codestreamStart,
  strayBlocks,
  tidyJpeg2000,
} from "../codecs/jpeg-2000-stream.ts";
import { findJpegDamage } from "../codecs/jpeg-damage.ts";
import { decodeJpegExtended } from "../codecs/jpeg-extended.ts";
import { decodeJpegLossless } from "../codecs/jpeg-lossless.ts";
import { readJpegStream } from "../codecs/jpeg-stream.ts";
import { findNoiseStretch } from "../codecs/noise-stretch.ts";
import {
  findPictureTear,
  findUprightTear,
  type CodedPicture,
} from "../codecs/picture-tear.ts";
import { decodeRle } from "../codecs/rle.ts";
import { htj2k, jpeg2000, jpegLs } from "../codecs/wasm-codecs.ts";
import {
  colourModelOf,
  interleave,
  toGreyWords,
  type CodecFrame,
  type StoredFrame,
} from "./frame.ts";
import type { PixelDescription } from "./pixel-description.ts";
import type { PixelCodec } from "../file/transfer-syntaxes.ts";

/** Start-of-frame markers of ITU-T T.81 table B.1, and JPEG-LS. */
const LOSSLESS_FRAME = 0xc3;
const JPEG_LS_FRAME = 0xf7;

/**
 * Decodes one compressed frame. The codestream's own size must be the header's
 * before a decoder may take memory for it.
 *
 * @throws DicomError `unreadable` or `unsupported-format`.
 */
export async function readCompressedPixels(
  stream: Uint8Array,
  codec: Exclude<PixelCodec, "native">,
  pixels: PixelDescription,
  limits: PictureLimits,
): Promise<StoredFrame> {
  const decoded = await decode(stream, codec, pixels, limits);
  const { frame } = decoded;
  if (frame.components !== 1 && frame.components !== 3) {
    throw new DicomError(
      "unreadable",
      `The compressed pixel data has ${String(frame.components)} components.`,
    );
  }
  const stated =
    decoded.model ?? (pixels.photometric.startsWith("YBR") ? "ybr" : "rgb");
  const isColour = frame.components === 3;
  return {
    width: frame.width,
    height: frame.height,
    words: toGreyWords(frame, isColour ? colourModelOf(frame, stated) : "grey"),
    bitsStored: pixels.bitsStored,
    // RLE keeps the words as they lay; other codecs hand back plain numbers.
    highBit: codec === "rle" ? pixels.highBit : pixels.bitsStored - 1,
    signed: pixels.signed,
    wasColour: isColour,
    // Values of so few bits cannot be what the header says of their depth.
    repaired: frame.bits < pixels.bitsStored,
    damage: decoded.damage ?? seenInPixels(frame, codec, stream, pixels),
    damageShows: wouldShow(codec, stream),
    isOfDifferences:
      codec === "jpeg" && jpegSize(stream).frameMarker === LOSSLESS_FRAME,
  };
}

/**
 * False of codecs in which changed bytes can make another whole stream, so that
 * no check tells it from the film: of an HTJ2K block the longest part is plain
 * bits; RLE copies bytes into the picture as they are; JPEG of twelve bits
 * often comes with tables for all films, to which any code belongs.
 */
function wouldShow(codec: PixelCodec, stream: Uint8Array): boolean {
  if (codec === "htj2k" || codec === "rle") return false;
  if (codec !== "jpeg") return true;
  const { frameMarker, bits } = jpegSize(stream);
  const isLossless =
    frameMarker === LOSSLESS_FRAME || frameMarker === JPEG_LS_FRAME;
  return isLossless || bits <= 8;
}

/** Damage that no code shows, but the pixels that came of it. */
function seenInPixels(
  frame: CodecFrame,
  codec: PixelCodec,
  stream: Uint8Array,
  { bitsStored, signed }: PixelDescription,
): string | null {
  // Words of signed samples leap at zero.
  if (codec === "rle") return signed ? null : findNoiseStretch(frame);
  return codec === "jpeg" ? findTears(frame, stream, bitsStored) : null;
}

function findTears(
  { width, height, components, bits, samples }: CodecFrame,
  stream: Uint8Array,
  bitsStored: number,
): string | null {
  const { frameMarker } = jpegSize(stream);
  if (frameMarker === JPEG_LS_FRAME) return null;
  const isLossless = frameMarker === LOSSLESS_FRAME;
  const picture: CodedPicture = {
    width,
    height,
    samples,
    channels: components,
    // Encoders code twelve bits as words of sixteen: the range is the film's.
    max: 2 ** Math.min(bits, bitsStored) - 1,
    unit: isLossless ? 1 : 8,
  };
  const tear = findPictureTear(picture);
  if (tear !== null || !isLossless) return tear;
  // From the left alone no line hands its error to the next.
  const { selection } = readJpegStream(stream).scan;
  return selection === 1 ? null : findUprightTear(picture);
}

/** A decoded frame with what its decoder knows of it. */
interface Decoded {
  frame: CodecFrame;
  /** What the components are, where the decoder turned them; else the header. */
  model?: "rgb";
  damage: string | null;
}

async function decode(
  stream: Uint8Array,
  codec: Exclude<PixelCodec, "native">,
  pixels: PixelDescription,
  limits: PictureLimits,
): Promise<Decoded> {
  const { columns, rows, samplesPerPixel, bitsAllocated } = pixels;
  if (codec === "rle") {
    return decodeRle(stream, columns, rows, samplesPerPixel, bitsAllocated);
  }
  if (codec === "jpeg") return decodeJpeg(stream, pixels, limits);
  mustAgree(jpeg2000Size(stream), pixels);
  const tidy = tidyJpeg2000(stream);
  const asked = codec === "htj2k" ? null : askForEnds(tidy.stream);
  const decoder = codec === "htj2k" ? htj2k : jpeg2000;
  const { frame, notes } = await decoder.decodeWithNotes(asked ?? tidy.stream);
  return {
    frame,
    // The multiple component transform is undone by the decoder.
    ...(tidy.hasColourTransform ? { model: "rgb" as const } : {}),
    damage:
      tidy.damage ??
      strayBlocks(notes) ??
      (codec === "htj2k"
        ? null
        : findBlockDamage(tidy.stream, codestreamStart(tidy.stream))),
  };
}

function mustAgree(size: CodestreamSize, pixels: PixelDescription): void {
  if (size.width === pixels.columns && size.height === pixels.rows) return;
  throw new DicomError(
    "unreadable",
    `The DICOM header says ${String(pixels.columns)} × ${String(pixels.rows)} pixels, the compressed picture ${String(size.width)} × ${String(size.height)}.`,
  );
}

/** The stream decides: labels of the JPEG family are often mixed up. */
async function decodeJpeg(
  stream: Uint8Array,
  pixels: PixelDescription,
  limits: PictureLimits,
): Promise<Decoded> {
  const size = jpegSize(stream);
  mustAgree(size, pixels);
  if (size.frameMarker === JPEG_LS_FRAME) {
    const { frame, brokeOff } = await jpegLs.decodeWithNotes(stream, true);
    return {
      frame: hasPlanarScans(stream) ? interleave(frame) : frame,
      damage: brokeOff ? "the compressed picture breaks off" : null,
    };
  }
  if (size.frameMarker === LOSSLESS_FRAME) {
    return decodeJpegLossless(stream, pixels.signed);
  }
  if (size.bits > 8) {
    const { frame, damage } = decodeJpegExtended(stream);
    return { frame, damage: damage ?? findJpegDamage(stream) };
  }
  const { frame, model } = await decodeJpeg8(stream, limits);
  return {
    frame,
    ...(model === undefined ? {} : { model }),
    damage: findJpegDamage(stream),
  };
}
