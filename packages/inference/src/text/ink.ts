import type { GreyGrid } from "./grey-grid.ts";

/** What stands out of a picture: 1 where a pixel does, row by row. */
export interface Ink {
  bright: Uint8Array;
  dark: Uint8Array;
}

/** Ink is so many greys, and so many deviations, off the mean around it. */
const LEAST_STEP = 12;
const NIBLACK = 0.5;

/**
 * Pixels that are brighter or darker than their surroundings, a square of
 * `radius` pixels to each side: a threshold of its own for each pixel (after
 * Niblack 1986). The sums over the square are carried from pixel to pixel, in
 * whole numbers that stay below 2^31 up to a radius of 90.
 */
export function inkOf(grid: GreyGrid, radius: number): Ink {
  const { width, height, pixels } = grid;
  const ink: Ink = {
    bright: new Uint8Array(width * height),
    dark: new Uint8Array(width * height),
  };
  const columns: ColumnSums = {
    sums: new Int32Array(width),
    squares: new Int32Array(width),
  };
  const beyond = new Uint8Array(width);
  const row = (y: number): Uint8Array =>
    y < 0 || y >= height ? beyond : pixels.subarray(y * width, (y + 1) * width);
  for (let y = 0; y < radius; y += 1) exchange(columns, beyond, row(y));
  for (let y = 0; y < height; y += 1) {
    exchange(columns, row(y - radius - 1), row(y + radius));
    const rows = Math.min(height, y + radius + 1) - Math.max(0, y - radius);
    markRow(grid, y, radius, rows, columns, ink);
  }
  return ink;
}

/** Sums over the rows that are near, column by column. */
interface ColumnSums {
  sums: Int32Array;
  squares: Int32Array;
}

function exchange(
  { sums, squares }: ColumnSums,
  leaving: Uint8Array,
  coming: Uint8Array,
): void {
  for (let x = 0; x < sums.length; x += 1) {
    const old = leaving[x] ?? 0;
    const grey = coming[x] ?? 0;
    sums[x] = (sums[x] ?? 0) + grey - old;
    squares[x] = (squares[x] ?? 0) + grey * grey - old * old;
  }
}

function markRow(
  { width, pixels }: GreyGrid,
  y: number,
  radius: number,
  rows: number,
  { sums, squares }: ColumnSums,
  { bright, dark }: Ink,
): void {
  let sum = 0;
  let square = 0;
  for (let x = 0; x < Math.min(radius, width); x += 1) {
    sum += sums[x] ?? 0;
    square += squares[x] ?? 0;
  }
  for (let x = 0; x < width; x += 1) {
    const coming = x + radius;
    if (coming < width) {
      sum += sums[coming] ?? 0;
      square += squares[coming] ?? 0;
    }
    const leaving = x - radius - 1;
    if (leaving >= 0) {
      sum -= sums[leaving] ?? 0;
      square -= squares[leaving] ?? 0;
    }
    const count = rows * (Math.min(width - 1, coming) - Math.max(-1, leaving));
    const at = y * width + x;
    const grey = pixels[at] ?? 0;
    // Distance from the mean and variance, times `count` and its square: whole
    // numbers below 2^53 both, so that nothing is divided or rounded.
    const off = grey * count - sum;
    const least = LEAST_STEP * count;
    if (off <= least && off >= -least) continue;
    const variance = square * count - sum * sum;
    if (off * off <= NIBLACK * NIBLACK * variance) continue;
    if (off > 0) bright[at] = 1;
    else dark[at] = 1;
  }
}
