/** Cells a side of the small picture on which the film's sense is judged. */
export const GRID = 16;
const POINTS_A_CELL = 8;

/**
 * Means over a 16 × 16 grid of cells, from at most 64 evenly spread points of
 * each: the same work for a small and a 50-megapixel film.
 *
 * @param valueAt value of the pixel at a row-major index; NaN is left out.
 */
export function sampleGrid(
  width: number,
  height: number,
  valueAt: (index: number) => number,
): Float64Array {
  const columns = samplePositions(width);
  const rows = samplePositions(height);
  const sums = new Float64Array(GRID * GRID);
  const counts = new Uint32Array(GRID * GRID);
  for (const [j, y] of rows.entries()) {
    for (const [i, x] of columns.entries()) {
      const value = valueAt(y * width + x);
      if (Number.isNaN(value)) continue;
      const cell =
        Math.trunc(j / POINTS_A_CELL) * GRID + Math.trunc(i / POINTS_A_CELL);
      sums[cell] = (sums[cell] ?? 0) + value;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return sums.map((sum, cell) => sum / (counts[cell] ?? 0));
}

function samplePositions(length: number): number[] {
  const points = GRID * POINTS_A_CELL;
  return Array.from({ length: points }, (_, i) =>
    Math.min(length - 1, Math.trunc(((i + 0.5) * length) / points)),
  );
}
