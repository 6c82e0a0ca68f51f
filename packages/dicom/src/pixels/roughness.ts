import type { StoredFrame } from "./frame.ts";

/** Rows that are looked at, spread evenly: enough for any size of film. */
const ROWS = 64;

/**
 * Mean difference of neighbours along rows, with values as `valueOf` reads
 * them: bits read wrongly wrap round, and tear neighbours apart.
 */
export function roughness(
  { width, height, words }: StoredFrame,
  valueOf: (word: number) => number,
): number {
  const step = Math.max(1, Math.trunc(height / ROWS));
  let sum = 0;
  let count = 0;
  for (let y = step >> 1; y < height; y += step) {
    let before = valueOf(words[y * width] ?? 0);
    for (let x = 1; x < width; x++) {
      const value = valueOf(words[y * width + x] ?? 0);
      sum += Math.abs(value - before);
      before = value;
      count += 1;
    }
  }
  return sum / Math.max(1, count);
}
