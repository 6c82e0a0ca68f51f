/** Small dense linear algebra on plain arrays, for fits after training. */

/** Mean and standard deviation of each column of `rows × columns` values. */
export function columnStatistics(
  values: Float32Array,
  columns: number,
): { mean: Float32Array; deviation: Float32Array } {
  const rows = values.length / columns;
  const mean = new Float32Array(columns);
  const deviation = new Float32Array(columns);
  for (let c = 0; c < columns; c += 1) {
    let sum = 0;
    let squares = 0;
    for (let r = 0; r < rows; r += 1) {
      const v = values[r * columns + c] ?? 0;
      sum += v;
      squares += v * v;
    }
    const m = sum / rows;
    mean[c] = m;
    deviation[c] = Math.sqrt(Math.max(1e-8, squares / rows - m * m));
  }
  return { mean, deviation };
}

/** Solves the symmetric 2×2 system behind Platt's fit; returns its inverse. */
export function invertSymmetric2(
  a: number,
  b: number,
  c: number,
): [number, number, number] {
  const determinant = a * c - b * b;
  return [c / determinant, -b / determinant, a / determinant];
}
