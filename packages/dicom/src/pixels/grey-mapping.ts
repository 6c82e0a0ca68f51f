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
}

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
  const modality = readLookupTable(
    data,
    TAG.modalityLutSequence,
    stored.signed,
  );
  const voi =
    statedWindow(data) !== null
      ? null
      : readLookupTable(
          data,
          TAG.voiLutSequence,
          stored.signed || rescale.intercept < 0,
        );
  const bits = bitsOf(voi ?? modality) ?? stored.depth;
  const toFilm = filmValue(stored, rescale, modality, voi);
  const values = new Int32Array(65_536);
  for (let word = 0; word < values.length; word++) {
    if (counts[word] === 0) continue;
    values[word] = stored.isPadding(word)
      ? -1
      : Math.max(0, toFilm(storedValue(word, stored)));
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
    repaired: stored.repaired || rescale.repaired,
  };
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
  const slope = data.decimal(TAG.rescaleSlope) ?? 1;
  const intercept = data.decimal(TAG.rescaleIntercept) ?? 0;
  if (slope === 0) return { slope: 1, intercept: 0, repaired: true };
  return { slope, intercept, repaired: false };
}
