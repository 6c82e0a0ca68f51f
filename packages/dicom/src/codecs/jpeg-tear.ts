/** Grey levels, times eight as DC is, below which a step is no damage. */
const LEAST_STEP = 8 * 3;
/** Larger steps leave the range of greys, and are found by that. */
const MOST_STEP = 8 * 80;
/** A step must stand out of the differences that the film has anyhow. */
const TIMES_USUAL = 2.5;
/** Columns on either side of a change that are needed to judge it. */
const MARGIN = 3;

/**
 * Where every block from some point on is brighter or darker than before: the
 * trace of a damaged difference from which the codes recovered. The step runs
 * under the right part of one row of blocks and under the left part of the
 * next; the edge of a collimator does not jump by one block on its way.
 *
 * @returns what was found in words, or null.
 */
export function findTear(map: {
  columns: number;
  rows: number;
  values: Float64Array;
}): string | null {
  const { columns, rows, values } = map;
  if (columns < 4 * MARGIN || rows < 3) return null;
  const steps: Float64Array[] = [];
  for (let y = 1; y < rows; y++) {
    steps.push(
      Float64Array.from(
        { length: columns },
        (_, x) =>
          (values[y * columns + x] ?? 0) - (values[(y - 1) * columns + x] ?? 0),
      ),
    );
  }
  for (let y = 0; y + 1 < steps.length; y++) {
    const upper = steps[y];
    const lower = steps[y + 1];
    if (upper === undefined || lower === undefined) continue;
    const step = tearBetween(upper, lower, columns);
    if (step === 0) continue;
    // A slope goes on over rows of blocks; damage steps once.
    const isAlone = [steps[y - 1], steps[y + 2]].every(
      (row) => row === undefined || Math.abs(median(row)) < Math.abs(step) / 4,
    );
    if (isAlone) {
      return `jumps by ${String(Math.round(Math.abs(step) / 8))} grey levels in row ${String(8 * (y + 1))}`;
    }
  }
  return null;
}

/** The step of a tear whose first row of blocks lies between both; 0 for none. */
function tearBetween(
  upper: Float64Array,
  lower: Float64Array,
  columns: number,
): number {
  const x = likeliestColumn(upper, lower);
  if (x < MARGIN || x > columns - MARGIN) return 0;
  const right = upper.subarray(x);
  const left = lower.subarray(0, x);
  const step = median(right);
  const size = Math.abs(step);
  // Nearly every row of a whole film is done with here.
  if (size < LEAST_STEP || size > MOST_STEP) return 0;
  const other = median(left);
  const before = upper.subarray(0, x);
  const after = lower.subarray(x);
  const usual = Math.max(1, spread(before), spread(after));
  if (size < TIMES_USUAL * usual) return 0;
  const isSame = Math.abs(step - other) < Math.max(8, size / 4);
  const isEven = spread(right) < 2 * usual && spread(left) < 2 * usual;
  const isQuiet =
    Math.abs(median(before)) < size / 4 && Math.abs(median(after)) < size / 4;
  return isSame && isEven && isQuiet ? step : 0;
}

/** The column from which on the upper and before which the lower row step most. */
function likeliestColumn(upper: Float64Array, lower: Float64Array): number {
  let sum = upper.reduce((total, value) => total + value, 0);
  let best = 0;
  let most = 0;
  for (let x = 1; x < upper.length; x++) {
    sum += (lower[x - 1] ?? 0) - (upper[x - 1] ?? 0);
    if (Math.abs(sum) <= most) continue;
    most = Math.abs(sum);
    best = x;
  }
  return most < LEAST_STEP * 0.5 * upper.length ? 0 : best;
}

function median(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

/** Median distance from the median. */
function spread(values: Float64Array): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}
