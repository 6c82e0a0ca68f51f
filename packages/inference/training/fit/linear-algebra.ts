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

/** Solves `matrix · x = right` by elimination with pivots. */
export function solve(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const rest = rows.slice(column);
    const largest = rest.reduce((best, row) =>
      Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best,
    );
    const place = rows.indexOf(largest);
    rows[place] = rows[column] ?? largest;
    rows[column] = largest;
    const pivot = largest[column] ?? 1;
    for (const [at, row] of rows.entries()) {
      if (at === column) continue;
      const part = (row[column] ?? 0) / pivot;
      if (part === 0) continue;
      for (let j = column; j <= size; j += 1) {
        row[j] = (row[j] ?? 0) - part * (largest[j] ?? 0);
      }
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] ?? 1));
}
