import { DicomError } from "../errors.ts";
import {
  colourModelOf,
  interleave,
  toGreyWords,
  type CodecFrame,
  type StoredFrame,
} from "./frame.ts";
import type { PixelDescription } from "./pixel-description.ts";
import type { Element } from "../file/reader.ts";

/**
 * First frame of pixel data that is not compressed (PS3.5 8.1.1, annex A).
 *
 * @throws DicomError `unreadable` where the data is shorter than rows ×
 *   columns × samples, or far longer: then the header lies about the picture.
 */
export function readNativePixels(
  element: Element,
  pixels: PixelDescription,
): StoredFrame {
  const samples = frameSamples(pixels);
  const bytesPerSample = pixels.bitsAllocated / 8;
  const repaired = mustMatch(
    element.bytes.length,
    samples * bytesPerSample,
    pixels,
  );
  const raw =
    bytesPerSample === 1
      ? readBytes(element, samples)
      : readWords(element, samples);
  return {
    width: pixels.columns,
    height: pixels.rows,
    words: pixels.samplesPerPixel === 1 ? raw : toGrey(raw, pixels),
    bitsStored: pixels.bitsStored,
    highBit: pixels.highBit,
    signed: pixels.signed,
    wasColour: pixels.samplesPerPixel === 3,
    repaired,
    damage: null,
    damageShows: true,
  };
}

/** A trailer longer than this part of a frame means that the size is wrong. */
const TRAILER_SHARE = 1 / 16;

/** Samples of one frame as they are stored. */
export function frameSamples(pixels: PixelDescription): number {
  const area = pixels.rows * pixels.columns;
  // Two pixels share a pair of colour values: Y1 Y2 Cb Cr.
  if (pixels.photometric === "YBR_FULL_422") return area * 2;
  return area * pixels.samplesPerPixel;
}

function mustMatch(
  available: number,
  frameBytes: number,
  pixels: PixelDescription,
): boolean {
  const expected = frameBytes * pixels.frames;
  const spare = available - expected;
  // One byte is padding; some writers leave a trailer.
  const rowBytes = frameBytes / pixels.rows;
  if (spare >= 0 && spare <= Math.max(1, rowBytes)) return false;
  if (spare > 0 && spare <= frameBytes * TRAILER_SHARE) return true;
  throw new DicomError(
    "unreadable",
    `The DICOM header describes ${String(pixels.columns)} × ${String(pixels.rows)} pixels in ${String(pixels.frames)} frame(s), ${String(expected)} bytes, but there are ${String(available)}.`,
  );
}

function readBytes(element: Element, count: number): Uint16Array {
  const { bytes, vr, encoding } = element;
  const words = new Uint16Array(count);
  // Bytes written as big-endian words come in swapped pairs (PS3.5 8.1.2).
  const swap = !encoding.littleEndian && vr === "OW" ? 1 : 0;
  for (let i = 0; i < count; i++) words[i] = bytes[i ^ swap] ?? 0;
  return words;
}

function readWords(element: Element, count: number): Uint16Array {
  const { bytes, encoding } = element;
  const words = new Uint16Array(count);
  const target = new Uint8Array(words.buffer);
  target.set(bytes.subarray(0, count * 2));
  if (encoding.littleEndian !== isLittleEndianMachine()) {
    Buffer.from(words.buffer).swap16();
  }
  return words;
}

function isLittleEndianMachine(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}

function toGrey(raw: Uint16Array, pixels: PixelDescription): Uint16Array {
  const area = pixels.rows * pixels.columns;
  if (pixels.photometric === "YBR_FULL_422") {
    const words = new Uint16Array(area);
    for (let i = 0; i < area; i++) words[i] = raw[(i >> 1) * 4 + (i & 1)] ?? 0;
    return words;
  }
  const stored: CodecFrame = {
    width: pixels.columns,
    height: pixels.rows,
    components: 3,
    bits: pixels.bitsStored,
    samples: raw,
  };
  const frame = pixels.planar ? interleave(stored) : stored;
  const stated = pixels.photometric.startsWith("YBR") ? "ybr" : "rgb";
  return toGreyWords(frame, colourModelOf(frame, stated));
}
