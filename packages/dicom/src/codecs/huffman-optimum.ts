import type { HuffmanTable } from "./huffman.ts";

/** Most bits by which a table misses the best of a film whose codes were changed. */
const MOST_EXCESS = 200;
/** Symbols of a table made for a film that damage may have left without a use. */
const MOST_UNUSED = 2;
const LONGEST = 16;

/**
 * A table that was made for a film, but not quite for this one: encoders of
 * more than eight bits count a film's symbols and give them the shortest codes
 * there are (T.81 K.2, as the Independent JPEG Group does it). Where a few bits
 * more are spent than that, a few symbols were changed afterwards. A table that
 * was made for all films misses by far more.
 *
 * @returns what was found in words, or null.
 */
export function oddCounts(table: HuffmanTable): string | null {
  const best = bestLengths(table.uses);
  let excess = 0;
  let unused = 0;
  for (const [symbol, length] of table.lengths) {
    const uses = table.uses[symbol] ?? 0;
    if (uses === 0) unused += 1;
    excess += uses * (length - (best[symbol] ?? 0));
  }
  const isMadeForIt = unused <= MOST_UNUSED && excess <= MOST_EXCESS;
  return isMadeForIt && excess > 0
    ? "has other symbols than its table was made for"
    : null;
}

/** Code lengths of 256 symbols by how often each is used (T.81 figures K.1 to K.3). */
function bestLengths(uses: Uint32Array): Uint8Array {
  // One symbol more is set aside, so that no code is all ones.
  const weight = Float64Array.from({ length: 257 }, (_, i) => uses[i] ?? 1);
  const size = new Uint8Array(257);
  const next = new Int16Array(257).fill(-1);
  for (;;) {
    const first = rarest(weight, -1);
    const second = rarest(weight, first);
    if (second < 0) break;
    weight[first] = (weight[first] ?? 0) + (weight[second] ?? 0);
    weight[second] = 0;
    let at = first;
    for (;;) {
      size[at] = (size[at] ?? 0) + 1;
      const following = next[at] ?? -1;
      if (following < 0) break;
      at = following;
    }
    next[at] = second;
    for (at = second; at >= 0; at = next[at] ?? -1)
      size[at] = (size[at] ?? 0) + 1;
  }
  return ofLengths(size, limited(size));
}

/** The rarest symbol but one that is left out; of equals the last; -1 for none. */
function rarest(weight: Float64Array, but: number): number {
  let found = -1;
  let least = Infinity;
  for (let i = 0; i < weight.length; i++) {
    const own = weight[i] ?? 0;
    if (own === 0 || i === but || own > least) continue;
    least = own;
    found = i;
  }
  return found;
}

/** How many codes there are of each length, none longer than sixteen bits. */
function limited(size: Uint8Array): Uint16Array {
  const counts = new Uint16Array(257);
  for (const length of size) {
    if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
  }
  const add = (length: number, count: number): void => {
    counts[length] = (counts[length] ?? 0) + count;
  };
  for (let length = counts.length - 1; length > LONGEST; length--) {
    while ((counts[length] ?? 0) > 0) {
      let shorter = length - 2;
      while (counts[shorter] === 0) shorter -= 1;
      add(length, -2);
      add(length - 1, 1);
      add(shorter + 1, 2);
      add(shorter, -1);
    }
  }
  let longest = LONGEST;
  while (longest > 0 && counts[longest] === 0) longest -= 1;
  if (longest > 0) add(longest, -1);
  return counts;
}

/** Gives the lengths to the symbols, the most used first. */
function ofLengths(size: Uint8Array, counts: Uint16Array): Uint8Array {
  const order = Array.from({ length: 256 }, (_, symbol) => symbol)
    .filter((symbol) => size[symbol] !== 0)
    .sort((a, b) => (size[a] ?? 0) - (size[b] ?? 0) || a - b);
  const lengths = new Uint8Array(256);
  let at = 0;
  for (let length = 1; length <= LONGEST; length++) {
    for (let i = 0; i < (counts[length] ?? 0); i++) {
      const symbol = order[at++];
      if (symbol !== undefined) lengths[symbol] = length;
    }
  }
  return lengths;
}
