import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";

/** A Modality or VOI LUT (PS3.3 C.11.1.1 and C.11.2.1.1). */
export interface LookupTable {
  /** Input value that maps to the first entry; smaller ones do too. */
  first: number;
  entries: readonly number[];
  maxOutput: number;
}

/**
 * First usable item of a LUT sequence, or null. A table whose data is shorter
 * than its descriptor says is not used: reading on past its end is how palette
 * and LUT overflows attack.
 */
export function readLookupTable(
  data: DataSet,
  sequence: number,
  inputSigned: boolean,
): LookupTable | null {
  for (const item of data.items(sequence)) {
    const [count = -1, first = 0, bits = 0] = item.words(TAG.lutDescriptor);
    const length = count === 0 ? 65_536 : count;
    if (bits < 8 || bits > 16) continue;
    const entries = readEntries(item, length, bits);
    if (entries === null) continue;
    return {
      first: inputSigned ? (first << 16) >> 16 : first,
      entries,
      maxOutput: 2 ** depthOf(entries) - 1,
    };
  }
  return null;
}

function readEntries(
  item: DataSet,
  length: number,
  bits: number,
): readonly number[] | null {
  const words = item.words(TAG.lutData);
  if (words.length >= length) return words.slice(0, length);
  const bytes = item.element(TAG.lutData)?.bytes;
  // 8-bit entries may be packed two to a word.
  if (bits !== 8 || bytes === undefined || bytes.length < length) return null;
  return [...bytes.subarray(0, length)];
}

/**
 * Bits that the entries need. The descriptor's are not believed: tables of 10
 * or 12 bits are often said to be of 16, which would show the film as black.
 */
function depthOf(entries: readonly number[]): number {
  const highest = entries.reduce((most, entry) => Math.max(most, entry), 0);
  return Math.max(8, Math.ceil(Math.log2(highest + 1)));
}

/** The table's output for one input. */
export function lookUp(table: LookupTable, input: number): number {
  const index = Math.round(input) - table.first;
  const last = table.entries.length - 1;
  return table.entries[Math.min(last, Math.max(0, index))] ?? 0;
}
