import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";
import { mainRun } from "./main-run.ts";

/** A Modality or VOI LUT (PS3.3 C.11.1.1 and C.11.2.1.1). */
export interface LookupTable {
  /** Input value that maps to the first entry; smaller ones do too. */
  first: number;
  entries: readonly number[];
  maxOutput: number;
}

/** A LUT sequence as it was found. */
export interface FoundTable {
  /** Null where there is none that can be used. */
  table: LookupTable | null;
  /** True where one was passed over, or its descriptor was wrong. */
  repaired: boolean;
}

/**
 * First usable item of a LUT sequence. A table whose data is shorter than its
 * descriptor says is not used: reading on past its end is how palette and LUT
 * overflows attack.
 */
export function readLookupTable(
  data: DataSet,
  sequence: number,
  inputSigned: boolean,
): FoundTable {
  let repaired = false;
  for (const item of data.items(sequence)) {
    const [count = -1, first = 0, bits = 0] = item.words(TAG.lutDescriptor);
    const length = count === 0 ? 65_536 : count;
    const entries = readEntries(item, length);
    const isBitsSane = bits >= 8 && bits <= 16;
    if (entries === null) {
      repaired = true;
      continue;
    }
    return {
      table: {
        first: inputSigned ? (first << 16) >> 16 : first,
        entries: entries.values,
        maxOutput: 2 ** depthOf(entries.values) - 1,
      },
      repaired: repaired || !isBitsSane || (entries.isBytes && bits > 8),
    };
  }
  return { table: null, repaired };
}

/** Words, or bytes where there is one for each entry: two are packed to a word. */
function readEntries(
  item: DataSet,
  length: number,
): { values: readonly number[]; isBytes: boolean } | null {
  if (length < 1) return null;
  const words = item.words(TAG.lutData);
  if (words.length >= length)
    return { values: words.slice(0, length), isBytes: false };
  const bytes = item.element(TAG.lutData)?.bytes;
  const isPacked =
    bytes !== undefined &&
    (bytes.length === length || bytes.length === length + 1);
  return isPacked
    ? { values: [...bytes.subarray(0, length)], isBytes: true }
    : null;
}

/**
 * Bits that the entries need. The descriptor's are not believed: tables of 10
 * or 12 bits are often said to be of 16, which would show the film as black.
 * Nor is an entry far above all others, with which tables mark their end.
 */
function depthOf(entries: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  const values = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => a.value - b.value);
  const highest = mainRun(values, Infinity).run.at(-1)?.value ?? 0;
  return Math.max(8, Math.ceil(Math.log2(highest + 1)));
}

/** The table's output for one input. */
export function lookUp(table: LookupTable, input: number): number {
  const index = Math.round(input) - table.first;
  const last = table.entries.length - 1;
  return table.entries[Math.min(last, Math.max(0, index))] ?? 0;
}
