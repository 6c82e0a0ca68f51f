import { DicomError } from "../errors.ts";
import type { DataSet } from "../file/data-set.ts";
import { firstFrame } from "../file/encapsulated.ts";
import type { Element } from "../file/reader.ts";
import { TAG } from "../file/tags.ts";
import {
  codecOf,
  TRANSFER_SYNTAX,
  type PixelCodec,
} from "../file/transfer-syntaxes.ts";
import type { PictureLimits } from "../picture-limits.ts";
import { readCompressedPixels } from "./compressed-pixels.ts";
import type { StoredFrame } from "./frame.ts";
import { frameSamples, readNativePixels } from "./native-pixels.ts";
import type { PixelDescription } from "./pixel-description.ts";

/** How the pixels really lie in the file. */
interface Layout {
  codec: PixelCodec;
  /** The compressed picture; for native pixels what is read as them. */
  bytes: Uint8Array;
  repaired: boolean;
}

/**
 * Reads the first frame. Where transfer syntax and bytes disagree, the bytes
 * decide: fragments under a syntax without compression, plain pixels or a bare
 * stream under one with it (`repaired`).
 *
 * @throws DicomError `no-pixels`, `unreadable`, `unsupported-format`.
 */
export async function readFrame(
  data: DataSet,
  transferSyntaxUid: string,
  description: PixelDescription,
  limits: PictureLimits,
): Promise<StoredFrame> {
  const element = data.element(TAG.pixelData);
  if (element === undefined) {
    throw new DicomError("no-pixels", "The DICOM file has no pixel data.");
  }
  const layout = layoutOf(element, transferSyntaxUid, description);
  const frame =
    layout.codec === "native"
      ? readNativePixels({ ...element, bytes: layout.bytes }, description)
      : await readCompressedPixels(
          layout.bytes,
          layout.codec,
          description,
          limits,
        );
  return { ...frame, repaired: frame.repaired || layout.repaired };
}

function layoutOf(
  element: Element,
  transferSyntaxUid: string,
  description: PixelDescription,
): Layout {
  const stated = codecOf(transferSyntaxUid);
  const { bytes, undefinedLength } = element;
  const plain = undefinedLength ? plainPixels(bytes, description) : null;
  if (plain !== null) return { codec: "native", bytes: plain, repaired: true };
  if (undefinedLength || startsWith(bytes, ITEM)) {
    const { stream, repaired } = firstFrame(bytes, description.frames);
    const codec = codecOfStream(stream) ?? stated;
    if (codec === "native") {
      const isSaid =
        transferSyntaxUid === TRANSFER_SYNTAX.encapsulated && undefinedLength;
      return unknownFragments(stream, description, repaired || !isSaid);
    }
    const isStated = codec === stated || isSameFamily(codec, stated);
    return {
      codec,
      bytes: stream,
      repaired: repaired || !isStated || !undefinedLength,
    };
  }
  if (stated === "native" && fitsNative(bytes, description)) {
    return { codec: "native", bytes, repaired: false };
  }
  const found = codecOfStream(bytes);
  if (found !== null) return { codec: found, bytes, repaired: true };
  if (stated === "native") return { codec: "native", bytes, repaired: false };
  if (fitsNative(bytes, description)) {
    return { codec: "native", bytes, repaired: true };
  }
  throw new DicomError(
    "unreadable",
    "The DICOM file says that its pixels are compressed, but they are neither fragments, a compressed picture nor as many as its size asks for. Ask the sender to send it again uncompressed.",
  );
}

/**
 * Pixels that are not compressed under an undefined length, which is for
 * fragments: with a delimiter behind them or without.
 */
function plainPixels(
  bytes: Uint8Array,
  pixels: PixelDescription,
): Uint8Array | null {
  if (startsWith(bytes, ITEM)) return null;
  const length =
    frameSamples(pixels) * (pixels.bitsAllocated / 8) * pixels.frames;
  const spare = bytes.length - length;
  return spare >= 0 && spare <= DELIMITER_BYTES
    ? bytes.subarray(0, length)
    : null;
}

/** Fragments of a file that says it is not compressed and shows no codec. */
function unknownFragments(
  stream: Uint8Array,
  description: PixelDescription,
  repaired: boolean,
): Layout {
  if (fitsNative(stream, description)) {
    return { codec: "native", bytes: stream, repaired };
  }
  throw new DicomError(
    "unreadable",
    "The DICOM pixel data has fragments but is said not to be compressed, and no known codec made them. Ask the sender to send it again uncompressed.",
  );
}

function fitsNative(bytes: Uint8Array, pixels: PixelDescription): boolean {
  const expected =
    frameSamples(pixels) * (pixels.bitsAllocated / 8) * pixels.frames;
  return bytes.length === expected || bytes.length === expected + 1;
}

/** A tag and a length, and a byte that makes the pixels even. */
const DELIMITER_BYTES = 9;
const ITEM = [0xfe, 0xff, 0x00, 0xe0];
const JPEG = [0xff, 0xd8, 0xff];
const JPEG_2000 = [0xff, 0x4f, 0xff, 0x51];
const JP2_BOX = [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20];
/** Start of the header of an RLE stream after its count of segments (PS3.5 G.5). */
const RLE_FIRST_OFFSET = [0x40, 0x00, 0x00, 0x00];
/** CAP segment of part 15 (ITU-T T.814 A.2), which only HTJ2K has. */
const CAP = [0xff, 0x50];

/** The codec by a stream's first bytes; null where they say nothing. */
function codecOfStream(
  bytes: Uint8Array,
): Exclude<PixelCodec, "native"> | null {
  if (startsWith(bytes, JPEG)) return "jpeg";
  if (startsWith(bytes, JPEG_2000) || startsWith(bytes, JP2_BOX)) {
    const head = Buffer.from(bytes.subarray(0, 256));
    return head.includes(Buffer.from(CAP)) ? "htj2k" : "jpeg-2000";
  }
  const count = bytes[0] ?? 0;
  const isRle =
    count > 0 &&
    count <= 15 &&
    startsWith(bytes.subarray(1), [0, 0, 0, ...RLE_FIRST_OFFSET]);
  return isRle ? "rle" : null;
}

/** Part 15 streams come under the labels of part 1, and the reverse. */
function isSameFamily(a: PixelCodec, b: PixelCodec): boolean {
  const wavelets = ["jpeg-2000", "htj2k"];
  return wavelets.includes(a) && wavelets.includes(b);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}
