import { DicomError } from "../errors.ts";
import type { PictureLimits } from "../picture-limits.ts";
import { decodeJpeg8 } from "../codecs/jpeg-8.ts";
import {
  jpeg2000Size,
  jpegSize,
  type CodestreamSize,
} from "../codecs/codestream-size.ts";
import { decodeJpegExtended } from "../codecs/jpeg-extended.ts";
import { decodeJpegLossless } from "../codecs/jpeg-lossless.ts";
import { decodeRle } from "../codecs/rle.ts";
import { htj2k, jpeg2000, jpegLs } from "../codecs/wasm-codecs.ts";
import { firstFrame } from "../file/encapsulated.ts";
import { toGreyWords, type CodecFrame, type StoredFrame } from "./frame.ts";
import type { PixelDescription } from "./pixel-description.ts";
import type { Element } from "../file/reader.ts";
import type { PixelCodec } from "../file/transfer-syntaxes.ts";

/** Start-of-frame markers of ITU-T T.81 table B.1, and JPEG-LS. */
const LOSSLESS_FRAME = 0xc3;
const JPEG_LS_FRAME = 0xf7;

/**
 * First frame of compressed pixel data. The codestream's own size must be the
 * header's before a decoder may take memory for it.
 *
 * @throws DicomError `unreadable`, `unsupported-format` or `no-pixels`.
 */
export async function readCompressedPixels(
  element: Element,
  codec: Exclude<PixelCodec, "native">,
  pixels: PixelDescription,
  limits: PictureLimits,
): Promise<StoredFrame> {
  if (!element.undefinedLength) {
    throw new DicomError(
      "unreadable",
      "The DICOM pixel data is said to be compressed but has no fragments.",
    );
  }
  const stream = firstFrame(element.bytes, pixels.frames);
  const frame = await decode(stream, codec, pixels, limits);
  if (frame.components !== 1 && frame.components !== 3) {
    throw new DicomError(
      "unreadable",
      `The compressed pixel data has ${String(frame.components)} components.`,
    );
  }
  return {
    width: frame.width,
    height: frame.height,
    words: toGreyWords(frame),
    bitsStored: pixels.bitsStored,
    // RLE keeps the words as they lay; other codecs hand back plain numbers.
    highBit: codec === "rle" ? pixels.highBit : pixels.bitsStored - 1,
    signed: pixels.signed,
    wasColour: frame.components > 1,
  };
}

async function decode(
  stream: Uint8Array,
  codec: Exclude<PixelCodec, "native">,
  pixels: PixelDescription,
  limits: PictureLimits,
): Promise<CodecFrame> {
  const { columns, rows } = pixels;
  if (codec === "rle") {
    return decodeRle(
      stream,
      columns,
      rows,
      pixels.samplesPerPixel,
      pixels.bitsAllocated,
    );
  }
  const size = codec === "jpeg" ? jpegSize(stream) : jpeg2000Size(stream);
  mustAgree(size, pixels);
  if (codec === "jpeg-2000") return jpeg2000.decode(stream);
  if (codec === "htj2k") return htj2k.decode(stream);
  return decodeJpeg(stream, size, limits);
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
  size: CodestreamSize,
  limits: PictureLimits,
): Promise<CodecFrame> {
  if (size.frameMarker === JPEG_LS_FRAME) return jpegLs.decode(stream);
  if (size.frameMarker === LOSSLESS_FRAME) return decodeJpegLossless(stream);
  if (size.bits > 8) return decodeJpegExtended(stream);
  return decodeJpeg8(stream, limits);
}
