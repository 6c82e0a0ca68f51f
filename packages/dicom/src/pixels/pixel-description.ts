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
  "YBR_PARTIAL_422",
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
  const model = colourOf(data);
  const depth = bits(data, model.samplesPerPixel);
  return {
    rows,
    columns,
    samplesPerPixel: model.samplesPerPixel,
    photometric: model.photometric,
    planar: data.word(TAG.planarConfiguration) === 1,
    ...depth,
    signed: data.word(TAG.pixelRepresentation) === 1,
    frames: Math.max(1, Math.trunc(data.decimal(TAG.numberOfFrames) ?? 1)),
    repaired: model.repaired || depth.repaired,
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

/** What is written for a grey picture that is no term of PS3.3 C.7.6.3.1.2. */
const GREY_WORDS = /^(?:MONOCHROME|GR[AE]Y(?:SCALE)?|LUMINANCE)$/u;

/**
 * Samples a pixel and what they are. Where both contradict each other the
 * length of plain pixels decides, else the word: a compressed picture says
 * itself how many it has.
 */
function colourOf(data: DataSet): {
  samplesPerPixel: 1 | 3;
  photometric: string;
  repaired: boolean;
} {
  const written = data.code(TAG.photometricInterpretation)?.toUpperCase();
  const stated = data.word(TAG.samplesPerPixel);
  if (stated !== undefined && stated !== 1 && stated !== 3) {
    throw broken(`${String(stated)} samples a pixel (1 or 3 are read)`);
  }
  const word = written?.replace(/[\s-]+/gu, written.includes("YBR") ? "_" : "");
  if (word === "PALETTECOLOR") {
    throw new DicomError(
      "not-a-radiograph",
      "The DICOM file is a palette colour picture, which no radiograph is. Have the sender export it as MONOCHROME2, or send the picture as PNG with the patient's details.",
    );
  }
  const name =
    word !== undefined && GREY_WORDS.test(word) ? "MONOCHROME2" : word;
  const isMisspelt = name !== written;
  if (name === undefined) {
    const samples = stated ?? 1;
    return {
      samplesPerPixel: samples,
      photometric: samples === 1 ? "MONOCHROME2" : "RGB",
      repaired: false,
    };
  }
  if (!GREY.has(name) && !COLOUR.has(name)) {
    throw broken(`photometric interpretation ${written ?? ""}`);
  }
  const byName = GREY.has(name) ? 1 : 3;
  if (stated === undefined || stated === byName) {
    const repaired = isMisspelt || (stated === undefined && byName === 3);
    return { samplesPerPixel: byName, photometric: name, repaired };
  }
  const byLength = samplesByLength(data) ?? byName;
  const isOfStated = byLength === stated;
  const photometric = isOfStated
    ? stated === 1
      ? "MONOCHROME2"
      : "RGB"
    : name;
  return {
    samplesPerPixel: isOfStated ? stated : byName,
    photometric,
    repaired: true,
  };
}

/** Samples a pixel of uncompressed pixels by their number; null for others. */
function samplesByLength(data: DataSet): 1 | 3 | null {
  const area = (data.word(TAG.rows) ?? 0) * (data.word(TAG.columns) ?? 0);
  const bytes = (data.word(TAG.bitsAllocated) ?? 16) / 8;
  const length = data.element(TAG.pixelData)?.bytes.length ?? 0;
  for (const samples of [1, 3] as const) {
    const spare = length - area * bytes * samples;
    if (spare === 0 || spare === 1) return samples;
  }
  return null;
}

function bits(
  data: DataSet,
  samplesPerPixel: number,
): Pick<
  PixelDescription,
  "bitsAllocated" | "bitsStored" | "highBit" | "repaired"
> {
  const stated = data.word(TAG.bitsStored);
  const allocated = allocatedBits(data, samplesPerPixel);
  const { bitsAllocated } = allocated;
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
    repaired:
      allocated.repaired ||
      !isUsable ||
      (statedHigh !== undefined && !isHighUsable),
  };
}

/**
 * Bits of a sample as it lies there. Where uncompressed pixels are exactly as
 * many bytes as the other width takes, and the bits that are used say so too,
 * the header got it wrong; their number alone may as well be rows that are not
 * there.
 */
function allocatedBits(
  data: DataSet,
  samplesPerPixel: number,
): { bitsAllocated: 8 | 16; repaired: boolean } {
  const stated = data.word(TAG.bitsAllocated);
  const used = data.word(TAG.bitsStored);
  const byLength = allocatedByLength(data, samplesPerPixel);
  const isContradicted =
    byLength !== null &&
    byLength !== stated &&
    (stated === undefined || (used !== undefined && used > 8 === byLength > 8));
  if (isContradicted) {
    return { bitsAllocated: byLength, repaired: stated !== undefined };
  }
  if (stated === 8 || stated === 16) {
    return { bitsAllocated: stated, repaired: false };
  }
  throw broken(`${String(stated ?? "no")} bits allocated (8 or 16 are read)`);
}

/** Bits a sample of one frame of uncompressed pixels by its very length. */
function allocatedByLength(
  data: DataSet,
  samplesPerPixel: number,
): 8 | 16 | null {
  if ((data.decimal(TAG.numberOfFrames) ?? 1) > 1) return null;
  const area = (data.word(TAG.rows) ?? 0) * (data.word(TAG.columns) ?? 0);
  const samples = area * samplesPerPixel;
  const length = data.element(TAG.pixelData)?.bytes.length ?? 0;
  if (length === samples || length === samples + 1) return 8;
  return length === samples * 2 ? 16 : null;
}

function broken(what: string): DicomError {
  return new DicomError("unreadable", `The DICOM header says ${what}.`);
}
