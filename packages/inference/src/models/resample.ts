/** Brings a rectangle of a film to the net's grid, reading each pixel once. */
import type { Film } from "../types.ts";

/** A rectangle in source pixels. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Filter taps of every output line, one line's after the other's. */
interface Taps {
  /** First source index of each output line. */
  first: Int32Array;
  /** Where each line's weights start, and at the end how many there are. */
  start: Int32Array;
  weights: Float32Array;
}

/**
 * Source rows that are filtered side by side: each weight is read once for all
 * of them, and their sums do not wait for each other. Half the time of one by
 * one.
 */
const ROWS_AT_ONCE = 4;

/**
 * Resamples `rect` of the film to a square of `size`, in the film's grey units:
 * every row across, then at once into the output rows that it belongs to.
 */
export function resample(
  film: Pick<Film, "pixels" | "width">,
  rect: Rect,
  size: number,
): Float32Array {
  const across = filterTaps(rect.width, size);
  const down = filterTaps(rect.height, size);
  const lines = new Float32Array(ROWS_AT_ONCE * size);
  const grid = new Float32Array(size * size);
  let unfinished = 0;
  for (let y = 0; y < rect.height; y += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, rect.height - y);
    const from = (rect.y + y) * film.width + rect.x;
    filterAcross(film, from, count, across, lines);
    for (let row = 0; row < count; row += 1) {
      const line = lines.subarray(row * size, (row + 1) * size);
      unfinished = addDown(line, y + row, unfinished, down, grid);
    }
  }
  return grid;
}

/**
 * Triangle filter whose support grows with the reduction (antialiased
 * bilinear, as in Pillow's `Resample.c`): averages when it shrinks,
 * interpolates when it enlarges.
 */
function filterTaps(from: number, to: number): Taps {
  const scale = from / to;
  const support = Math.max(1, scale);
  const first = new Int32Array(to);
  const start = new Int32Array(to + 1);
  const lines = Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * scale;
    const low = Math.max(0, Math.floor(centre - support));
    const high = Math.min(from, Math.ceil(centre + support));
    const line = triangle(low, Math.max(1, high - low), centre, support);
    first[index] = low;
    start[index + 1] = (start[index] ?? 0) + line.length;
    return line;
  });
  const weights = new Float32Array(start[to] ?? 0);
  for (const [index, line] of lines.entries()) {
    weights.set(line, start[index]);
  }
  return { first, start, weights };
}

/** `count` weights from source index `first` on; they add up to 1. */
function triangle(
  first: number,
  count: number,
  centre: number,
  support: number,
): Float32Array {
  const weights = new Float32Array(count);
  let sum = 0;
  for (let at = 0; at < count; at += 1) {
    const distance = Math.abs(first + at + 0.5 - centre) / support;
    const weight = Math.max(0, 1 - distance);
    weights[at] = weight;
    sum += weight;
  }
  return weights.map((weight) => weight / (sum || 1));
}

/**
 * Filters source rows across into `lines`, one below the other. Fewer rows than
 * are done at once repeat the last one, whose copies nobody reads.
 */
function filterAcross(
  { pixels, width }: Pick<Film, "pixels" | "width">,
  from: number,
  rows: number,
  { first, start, weights }: Taps,
  lines: Float32Array,
): void {
  const size = first.length;
  const last = rows - 1;
  for (let x = 0; x < size; x += 1) {
    let a = from + (first[x] ?? 0);
    let b = a + Math.min(1, last) * width;
    let c = a + Math.min(2, last) * width;
    let d = a + Math.min(3, last) * width;
    let sumA = 0;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    const end = start[x + 1] ?? 0;
    for (let tap = start[x] ?? 0; tap < end; tap += 1) {
      const weight = weights[tap] ?? 0;
      sumA += (pixels[a++] ?? 0) * weight;
      sumB += (pixels[b++] ?? 0) * weight;
      sumC += (pixels[c++] ?? 0) * weight;
      sumD += (pixels[d++] ?? 0) * weight;
    }
    lines[x] = sumA;
    lines[x + size] = sumB;
    lines[x + 2 * size] = sumC;
    lines[x + 3 * size] = sumD;
  }
}

/**
 * Adds a source row, filtered across, to the output rows that it is part of.
 *
 * @param from the first output row that earlier rows left unfinished.
 * @returns the same for the next source row.
 */
function addDown(
  line: Float32Array,
  row: number,
  from: number,
  { first, start, weights }: Taps,
  grid: Float32Array,
): number {
  const size = first.length;
  let unfinished = from;
  for (let y = from; y < size; y += 1) {
    const tap = row - (first[y] ?? 0);
    if (tap < 0) break;
    const at = (start[y] ?? 0) + tap;
    const end = start[y + 1] ?? 0;
    if (at + 1 >= end) unfinished = y + 1;
    if (at >= end) continue;
    const weight = weights[at] ?? 0;
    for (let x = 0; x < size; x += 1) {
      const cell = y * size + x;
      grid[cell] = (grid[cell] ?? 0) + (line[x] ?? 0) * weight;
    }
  }
  return unfinished;
}
