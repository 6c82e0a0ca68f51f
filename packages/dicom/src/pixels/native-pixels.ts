import { DicomError } from "../errors.ts";
import {
  greyModelOf,
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
  const bytesPerSample = pixels.bitsAllocated / 8;
  const isWhole = isHalfColourInName(element, pixels);
  const samples = isWhole
    ? pixels.rows * pixels.columns * 3
    : frameSamples(pixels);
  const isRepaired = mustMatch(
    element.bytes.length,
    samples * bytesPerSample,
    pixels,
  );
  const raw =
    bytesPerSample === 1
      ? readBytes(element, samples)
      : readWords(element, samples);
  const grey =
    pixels.samplesPerPixel === 1
      ? { words: raw, repaired: false }
      : toGrey(raw, pixels, isWhole);
  return {
    width: pixels.columns,
    height: pixels.rows,
    words: grey.words,
    bitsStored: pixels.bitsStored,
    highBit: pixels.highBit,
    signed: pixels.signed,
    wasColour: pixels.samplesPerPixel === 3,
    repaired: isRepaired || isWhole || grey.repaired,
    damage: null,
    damageShows: true,
    isOfDifferences: false,
  };
}

/** A trailer longer than this part of a frame means that the size is wrong. */
const TRAILER_SHARE = 1 / 16;

/** Samples of one frame as they are stored. */
export function frameSamples(pixels: PixelDescription): number {
  const area = pixels.rows * pixels.columns;
  // Two pixels share a pair of colour values: Y1 Y2 Cb Cr.
  if (HALF_COLOUR.has(pixels.photometric)) return area * 2;
  return area * pixels.samplesPerPixel;
}

/** Two pixels with one pair of colour differences (PS3.3 C.7.6.3.1.2). */
const HALF_COLOUR = new Set(["YBR_FULL_422", "YBR_PARTIAL_422"]);

/** The name was left as the decoder found it, the pixels are whole triples. */
function isHalfColourInName(
  { bytes }: Element,
  { photometric, rows, columns, frames, bitsAllocated }: PixelDescription,
): boolean {
  const whole = rows * columns * 3 * frames * (bitsAllocated / 8);
  const spare = bytes.length - whole;
  return HALF_COLOUR.has(photometric) && (spare === 0 || spare === 1);
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
  // Fewer frames than it says, whole ones: the first is there.
  const isShort = spare < 0 && available >= frameBytes;
  if (isShort && available % frameBytes <= 1) return true;
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

function toGrey(
  raw: Uint16Array,
  pixels: PixelDescription,
  isWhole: boolean,
): { words: Uint16Array; repaired: boolean } {
  const area = pixels.rows * pixels.columns;
  if (HALF_COLOUR.has(pixels.photometric) && !isWhole) {
    const words = new Uint16Array(area);
    for (let i = 0; i < area; i++) words[i] = raw[(i >> 1) * 4 + (i & 1)] ?? 0;
    return { words, repaired: false };
  }
  const stored: CodecFrame = {
    width: pixels.columns,
    height: pixels.rows,
    components: 3,
    bits: pixels.bitsStored,
    samples: raw,
  };
  const turned = interleave(stored);
  const [frame, other] = pixels.planar ? [turned, stored] : [stored, turned];
  const model = greyModelOf(frame);
  const otherModel = model === null ? greyModelOf(other) : null;
  // Only one way of lying makes the grey picture that it is.
  if (otherModel !== null) {
    return { words: toGreyWords(other, otherModel), repaired: true };
  }
  const stated = pixels.photometric.startsWith("YBR") ? "ybr" : "rgb";
  return { words: toGreyWords(frame, model ?? stated), repaired: false };
}
