import type { CodedPicture } from "./picture-tear.ts";

/** How unevenly two lines may differ, as a part of the range, at any edge. */
const LEAST_UNEVENNESS = 4 / 255;
/** How much more unevenly they differ than those of the film do usually. */
const TIMES_USUAL = 4;
/** How much more evenly they differ a block further on. */
const TIMES_BETTER = 2;
/** Rows at the top and at the bottom with letters, borders and collimators. */
const OUTER_PART = 1 / 8;
/** Blocks of a window that must differ: letters beside the film are a few. */
const DIFFERING_SHARE = 0.4;
/** Blocks of those that fit better a block further on. */
const BETTER_SHARE = 0.7;

/**
 * Where everything from some block on lies a block further to the left or to the
 * right: a code that was changed made one block of two, or two of one, and
 * another one made up for it, so that the codes end where the picture does.
 * Over a row of blocks from that place on, the lines on both sides of the rows'
 * border fit each other a block further on, and not as they lie. The slip may
 * have made everything brighter or darker as well, so what counts is how evenly
 * they differ.
 *
 * @returns what was found in words, or null.
 */
export function findSlip(picture: CodedPicture): string | null {
  const { width, height, max } = picture;
  const columns = Math.trunc(width / 8);
  const rows = Math.trunc(height / 8);
  if (columns < 5 || rows < 4) return null;
  const [straight, ...aside] = [0, 1, -1].map((by) =>
    differences(picture, columns, rows, by),
  );
  if (straight === undefined) return null;
  const byRow = Float64Array.from({ length: rows - 1 }, (_, row) =>
    unevenness(straight, row * columns, columns),
  ).sort();
  const usual = byRow[byRow.length >> 1] ?? 0;
  const least = Math.max(TIMES_USUAL * usual, LEAST_UNEVENNESS * max);
  const outer = Math.trunc(OUTER_PART * rows);
  const last = columns * (rows - 2 - outer);
  for (let from = columns * outer; from <= last; from++) {
    const own = unevenness(straight, from, columns);
    if (own < least) continue;
    const fits = (other: Differences): boolean =>
      TIMES_BETTER * unevenness(other, from, columns) < own &&
      fitsAllAlong(straight, other, from, columns, LEAST_UNEVENNESS * max);
    if (!aside.some(fits)) continue;
    const row = 8 * (Math.trunc(from / columns) + 1);
    return `lies a block aside from row ${String(row)} on`;
  }
  return null;
}

/** Sums before each block of what was found across its upper border. */
interface Differences {
  mean: Float64Array;
  square: Float64Array;
}

/** How far the differences of a window are from their mean, as a deviation. */
function unevenness(
  { mean, square }: Differences,
  from: number,
  columns: number,
): number {
  const to = from + columns;
  const middle = ((mean[to] ?? 0) - (mean[from] ?? 0)) / columns;
  const squares = ((square[to] ?? 0) - (square[from] ?? 0)) / columns;
  return Math.sqrt(Math.max(0, squares - middle * middle));
}

/** Whether it is nearly every block that fits better, and not a few that stand out. */
function fitsAllAlong(
  straight: Differences,
  other: Differences,
  from: number,
  columns: number,
  least: number,
): boolean {
  const deviation = ({ mean }: Differences, at: number): number => {
    const middle = ((mean[from + columns] ?? 0) - (mean[from] ?? 0)) / columns;
    return Math.abs((mean[at + 1] ?? 0) - (mean[at] ?? 0) - middle);
  };
  let differing = 0;
  let better = 0;
  for (let at = from; at < from + columns; at++) {
    const own = deviation(straight, at);
    if (own < least) continue;
    differing += 1;
    if (TIMES_BETTER * deviation(other, at) < own) better += 1;
  }
  return (
    differing >= DIFFERING_SHARE * columns && better >= BETTER_SHARE * differing
  );
}

/** Differences across the border above each block but those of the first row. */
function differences(
  { width, samples, channels }: CodedPicture,
  columns: number,
  rows: number,
  by: number,
): Differences {
  const line = width * channels;
  const mean = new Float64Array(columns * (rows - 1));
  const square = new Float64Array(mean.length);
  for (let row = 1; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const other = Math.max(0, Math.min(columns - 1, column + by));
      const here = 8 * row * line + 8 * column * channels;
      const above = (8 * row - 1) * line + 8 * other * channels;
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < 8 * channels; i += channels) {
        const step = (samples[here + i] ?? 0) - (samples[above + i] ?? 0);
        sum += step;
        squares += step * step;
      }
      const at = (row - 1) * columns + column;
      mean[at] = sum / 8;
      square[at] = squares / 8;
    }
  }
  return { mean: runningSums(mean), square: runningSums(square) };
}

/** Sums of all values before each place. */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0);
  }
  return sums;
}
