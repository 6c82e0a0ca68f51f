import { DicomError } from "../errors.ts";
import { checkDimensions } from "./check-dimensions.ts";
import type { PictureLimits } from "../picture-limits.ts";
import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";

/** The Image Pixel module (PS3.3 C.7.6.3) after its values were checked. */
export interface PixelDescription {
  rows: number;
  columns: number;
  samplesPerPixel: 1 | 3;
  photometric: string;
  /** True where colours lie plane by plane. */
  planar: boolean;
  bitsAllocated: 8 | 16;
  bitsStored: number;
  highBit: number;
  signed: boolean;
  frames: number;
  /** True where the depth was missing or contradicts itself. */
  repaired: boolean;
}

const GREY = new Set(["MONOCHROME1", "MONOCHROME2"]);
const COLOUR = new Set([
  "RGB",
  "YBR_FULL",
  "YBR_FULL_422",
  "YBR_PARTIAL_420",
  "YBR_ICT",
  "YBR_RCT",
]);
const MIN_BITS = 6;

/**
 * Reads and checks the description of the pixels.
 *
 * @throws DicomError `no-pixels`, `unreadable`, `unsupported-format`,
 *   `too-large`, `too-small`, or `not-a-radiograph` (palette pictures).
 */
export function readPixelDescription(
  data: DataSet,
  limits: PictureLimits,
): PixelDescription {
  mustHavePixels(data);
  const rows = data.word(TAG.rows) ?? 0;
  const columns = data.word(TAG.columns) ?? 0;
  checkDimensions(columns, rows, limits);
  const samplesPerPixel = data.word(TAG.samplesPerPixel) ?? 1;
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) {
    throw broken(`${String(samplesPerPixel)} samples a pixel`);
  }
  return {
    rows,
    columns,
    samplesPerPixel,
    photometric: photometric(data, samplesPerPixel),
    planar: data.word(TAG.planarConfiguration) === 1,
    ...bits(data),
    signed: data.word(TAG.pixelRepresentation) === 1,
    frames: Math.max(1, Math.trunc(data.decimal(TAG.numberOfFrames) ?? 1)),
  };
}

function mustHavePixels(data: DataSet): void {
  if (data.has(TAG.floatPixelData) || data.has(TAG.doubleFloatPixelData)) {
    throw new DicomError(
      "unsupported-format",
      "The DICOM file holds floating-point pixels, which no radiograph does.",
    );
  }
  const pixels = data.element(TAG.pixelData);
  if (pixels === undefined || pixels.bytes.length === 0) {
    throw new DicomError(
      "no-pixels",
      "The DICOM file has no pixel data: it is a header without a picture.",
    );
  }
}

function photometric(data: DataSet, samplesPerPixel: 1 | 3): string {
  const stated = data.code(TAG.photometricInterpretation)?.toUpperCase();
  const value = stated ?? (samplesPerPixel === 1 ? "MONOCHROME2" : "RGB");
  if (value === "PALETTE COLOR") {
    throw new DicomError(
      "not-a-radiograph",
      "The DICOM file is a palette colour picture, which no radiograph is.",
    );
  }
  const fits = samplesPerPixel === 1 ? GREY.has(value) : COLOUR.has(value);
  if (!fits) {
    throw broken(
      `photometric interpretation ${value} with ${String(samplesPerPixel)} samples a pixel`,
    );
  }
  return value;
}

function bits(
  data: DataSet,
): Pick<
  PixelDescription,
  "bitsAllocated" | "bitsStored" | "highBit" | "repaired"
> {
  const bitsAllocated = data.word(TAG.bitsAllocated) ?? allocatedByLength(data);
  if (bitsAllocated !== 8 && bitsAllocated !== 16) {
    throw broken(`${String(bitsAllocated)} bits allocated (8 or 16 are read)`);
  }
  const stated = data.word(TAG.bitsStored);
  const statedHigh = data.word(TAG.highBit);
  const isUsable =
    stated !== undefined && stated >= MIN_BITS && stated <= bitsAllocated;
  // What a header leaves out or gets wrong, the content decides later on.
  const bitsStored = isUsable ? stated : bitsAllocated;
  const isHighUsable =
    statedHigh !== undefined &&
    statedHigh < bitsAllocated &&
    statedHigh >= bitsStored - 1;
  return {
    bitsAllocated,
    bitsStored,
    highBit: isHighUsable ? statedHigh : bitsStored - 1,
    repaired: !isUsable || (statedHigh !== undefined && !isHighUsable),
  };
}

/** Bits a sample of uncompressed pixels, where the header does not say. */
function allocatedByLength(data: DataSet): number {
  const samples =
    (data.word(TAG.rows) ?? 0) *
    (data.word(TAG.columns) ?? 0) *
    (data.word(TAG.samplesPerPixel) ?? 1);
  const length = data.element(TAG.pixelData)?.bytes.length ?? 0;
  return 8 * Math.trunc(length / Math.max(1, samples));
}

function broken(what: string): DicomError {
  return new DicomError("unreadable", `The DICOM header says ${what}.`);
}
