import type { DataSet } from "../file/data-set.ts";
import type { StoredFrame } from "./frame.ts";
import { lookUp, readLookupTable, type LookupTable } from "./lookup-table.ts";
import { TAG } from "../file/tags.ts";
import { statedWindow } from "./header-window.ts";
import {
  judgeStoredBits,
  storedValue,
  type StoredBits,
} from "./stored-bits.ts";

/**
 * What each of the 65,536 possible stored words means as a film value: bits
 * cut out, sign, Modality LUT or rescale, VOI LUT and padding in one table.
 */
export interface GreyMapping {
  /** Film value of a word that occurs, before any inversion; padding is -1. */
  values: Int32Array;
  maxValue: number;
  bits: number;
  /** True where a larger stored value means darker (rescale slope below zero). */
  reversed: boolean;
  /** From Modality units, in which windows are given, to film values. */
  windowScale: { slope: number; intercept: number };
  repaired: boolean;
  /** True where numbers below zero of an unsigned picture come out bright. */
  cutsBelowZero: boolean;
}

/** Units of a radiograph differ from stored values by less than a billion. */
const LEAST_SLOPE = 1e-9;

/**
 * Builds the table for a frame from its header.
 *
 * @param counts how often each of the 65,536 words occurs.
 */
export function buildGreyMapping(
  data: DataSet,
  frame: StoredFrame,
  counts: Uint32Array,
): GreyMapping {
  const stored = judgeStoredBits(data, frame, counts);
  const rescale = readRescale(data);
  const ofModality = readLookupTable(
    data,
    TAG.modalityLutSequence,
    stored.signed,
  );
  const modality = ofModality.table;
  const ofVoi =
    statedWindow(data) !== null
      ? null
      : readLookupTable(
          data,
          TAG.voiLutSequence,
          stored.signed || rescale.intercept < 0,
        );
  const voi = ofVoi?.table ?? null;
  const bits = bitsOf(voi ?? modality) ?? stored.depth;
  const toFilm = filmValue(stored, rescale, modality, voi);
  const values = new Int32Array(65_536);
  for (let word = 0; word < values.length; word++) {
    if (counts[word] === 0) continue;
    values[word] = stored.isPadding(word)
      ? -1
      : Math.max(0, toFilm(valueOrEnd(word, stored)));
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
          intercept: stored.base + rescale.intercept / rescale.slope,
        }
      : { slope: 1, intercept: 0 },
    repaired:
      stored.repaired ||
      rescale.repaired ||
      ofModality.repaired ||
      ofVoi?.repaired === true,
    cutsBelowZero: stored.cutsBelowZero,
  };
}

/** A word far off the picture's counts as the end at which it stands. */
function valueOrEnd(word: number, stored: StoredBits): number {
  switch (stored.endOf(word)) {
    case "low":
      return stored.base;
    case "high":
      return stored.base + 2 ** stored.depth - 1;
    case null:
      return storedValue(word, stored);
  }
}

function bitsOf(table: LookupTable | null): number | null {
  return table === null ? null : Math.log2(table.maxOutput + 1);
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
  return (value) => value - stored.base;
}

function readRescale(data: DataSet): {
  slope: number;
  intercept: number;
  repaired: boolean;
} {
  const slope = data.decimal(TAG.rescaleSlope);
  const intercept = data.decimal(TAG.rescaleIntercept);
  const isNoNumber =
    (slope === undefined && data.code(TAG.rescaleSlope) !== undefined) ||
    (intercept === undefined && data.code(TAG.rescaleIntercept) !== undefined);
  const isUsable =
    slope === undefined ||
    (Math.abs(slope) >= LEAST_SLOPE && Math.abs(slope) <= 1 / LEAST_SLOPE);
  if (!isUsable) return { slope: 1, intercept: 0, repaired: true };
  return {
    slope: slope ?? 1,
    intercept: intercept ?? 0,
    repaired: isNoNumber,
  };
}
