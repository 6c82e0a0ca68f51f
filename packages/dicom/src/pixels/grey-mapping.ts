import type { DataSet } from "../file/data-set.ts";
import type { StoredFrame } from "./frame.ts";
import { lookUp, readLookupTable, type LookupTable } from "./lookup-table.ts";
import { TAG } from "../file/tags.ts";

/**
 * What each of the 65,536 possible stored words means as a film value: bits
 * cut out, sign, Modality LUT or rescale, VOI LUT and padding in one table.
 */
export interface GreyMapping {
  /** Film value of a stored word, before any inversion; padding is -1. */
  values: Int32Array;
  maxValue: number;
  bits: number;
  /** True where a larger stored value means darker (rescale slope below zero). */
  reversed: boolean;
  /** From Modality units, in which windows are given, to film values. */
  windowScale: { slope: number; intercept: number };
  repaired: boolean;
}

interface StoredBits {
  bits: number;
  shift: number;
  signed: boolean;
}

/** Builds the table for a frame from its header. */
export function buildGreyMapping(
  data: DataSet,
  frame: StoredFrame,
  maxWord: number,
): GreyMapping {
  const stored = storedBits(data, frame, maxWord);
  const rescale = readRescale(data);
  const modality = readLookupTable(
    data,
    TAG.modalityLutSequence,
    stored.signed,
  );
  const voi = hasWindow(data)
    ? null
    : readLookupTable(
        data,
        TAG.voiLutSequence,
        stored.signed || rescale.intercept < 0,
      );
  const bits = bitsOf(voi ?? modality) ?? stored.bits;
  const toFilm = filmValue(stored, rescale, modality, voi);
  const isPadding = paddingTest(data, stored);
  const values = new Int32Array(65_536);
  for (let word = 0; word < values.length; word++) {
    const value = storedValue(word, stored);
    values[word] = isPadding(value) ? -1 : toFilm(value);
  }
  const isLinear = modality === null && voi === null;
  return {
    values,
    maxValue: 2 ** bits - 1,
    bits,
    reversed: voi === null && modality === null && rescale.slope < 0,
    windowScale: isLinear
      ? {
          slope: 1 / rescale.slope,
          intercept: lowest(stored) + rescale.intercept / rescale.slope,
        }
      : { slope: 1, intercept: 0 },
    repaired: stored.bits !== frame.bitsStored || rescale.repaired,
  };
}

function bitsOf(table: LookupTable | null): number | null {
  return table === null ? null : Math.log2(table.maxOutput + 1);
}

/**
 * Bits above the high bit may hold overlays (PS3.5 8.1.1). Where the file has
 * none and they are set, the header understates the depth: it is raised.
 */
function storedBits(
  data: DataSet,
  frame: StoredFrame,
  maxWord: number,
): StoredBits {
  const shift = frame.highBit + 1 - frame.bitsStored;
  const hasOverlay = data.some(
    (tag) => tag >>> 16 >= 0x6000 && tag >>> 16 < 0x6020,
  );
  const needed = Math.ceil(Math.log2(maxWord + 1));
  const understated =
    needed > frame.highBit + 1 && !frame.signed && !hasOverlay;
  return {
    bits: understated ? needed - shift : frame.bitsStored,
    shift,
    signed: frame.signed,
  };
}

function storedValue(
  word: number,
  { bits, shift, signed }: StoredBits,
): number {
  const value = (word >>> shift) & (2 ** bits - 1);
  return signed && value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
}

/** The smallest stored value that the bits allow; it becomes film value 0. */
function lowest({ bits, signed }: StoredBits): number {
  return signed ? -(2 ** (bits - 1)) : 0;
}

function filmValue(
  stored: StoredBits,
  rescale: { slope: number; intercept: number },
  modality: LookupTable | null,
  voi: LookupTable | null,
): (value: number) => number {
  const toModality = (value: number): number =>
    modality === null
      ? value * rescale.slope + rescale.intercept
      : lookUp(modality, value);
  if (voi !== null) return (value) => lookUp(voi, toModality(value));
  if (modality !== null) return toModality;
  // A linear rescale changes units, not the picture: full depth is kept.
  return (value) => value - lowest(stored);
}

function readRescale(data: DataSet): {
  slope: number;
  intercept: number;
  repaired: boolean;
} {
  const slope = data.decimal(TAG.rescaleSlope) ?? 1;
  const intercept = data.decimal(TAG.rescaleIntercept) ?? 0;
  if (slope === 0) return { slope: 1, intercept: 0, repaired: true };
  return { slope, intercept, repaired: false };
}

/** True where the header has a window that can be used at all. */
export function hasWindow(data: DataSet): boolean {
  const [width] = data.decimals(TAG.windowWidth);
  const [center] = data.decimals(TAG.windowCenter);
  return width !== undefined && width >= 1 && center !== undefined;
}

/** Padding is one value or a range (PS3.3 C.7.5.1.1.2), in stored units. */
function paddingTest(
  data: DataSet,
  { signed }: StoredBits,
): (value: number) => boolean {
  const value = data.word(TAG.pixelPaddingValue, signed);
  if (value === undefined) return () => false;
  const limit = data.word(TAG.pixelPaddingRangeLimit, signed) ?? value;
  const low = Math.min(value, limit);
  const high = Math.max(value, limit);
  return (stored) => stored >= low && stored <= high;
}
