/** Two samples, counted in the same bins, against each other. */

/** Added to a bin's share, so that an empty bin does not say infinity. */
const FLOOR = 1e-4;

/**
 * Population stability index (Siddiqi, "Credit Risk Scorecards", 2006): below
 * 0.1 nothing, from 0.25 a changed population.
 *
 * @returns null where one of them is empty.
 */
export function populationStability(
  expected: readonly number[],
  actual: readonly number[],
): number | null {
  const pairs = sharesOf(expected, actual);
  if (pairs === null) return null;
  return pairs.reduce((total, [was, is]) => {
    const from = Math.max(was, FLOOR);
    const to = Math.max(is, FLOOR);
    return total + (to - from) * Math.log(to / from);
  }, 0);
}

/**
 * Kolmogorov–Smirnov: the largest gap between the cumulative shares and the
 * probability of one as large by chance (asymptotic, Smirnov 1948; with bins
 * it is on the safe side). For one look: whoever looks often corrects for it.
 *
 * @returns null where one of them is empty.
 */
export function kolmogorovSmirnov(
  first: readonly number[],
  second: readonly number[],
): { gap: number; p: number } | null {
  const pairs = sharesOf(first, second);
  if (pairs === null) return null;
  let difference = 0;
  let gap = 0;
  for (const [a, b] of pairs) {
    difference += a - b;
    gap = Math.max(gap, Math.abs(difference));
  }
  const n = sum(first);
  const m = sum(second);
  const size = Math.sqrt((n * m) / (n + m));
  // Stephens 1970: the correction for small samples.
  return { gap, p: tail((size + 0.12 + 0.11 / size) * gap) };
}

/** Kolmogorov's distribution beyond `value`. */
function tail(value: number): number {
  if (value < 0.2) return 1;
  let total = 0;
  for (let k = 1; k <= 100; k += 1) {
    const sign = k % 2 === 1 ? 1 : -1;
    total += sign * Math.exp(-2 * k ** 2 * value ** 2);
  }
  return Math.min(1, Math.max(0, 2 * total));
}

function sharesOf(
  first: readonly number[],
  second: readonly number[],
): [number, number][] | null {
  const n = sum(first);
  const m = sum(second);
  if (n === 0 || m === 0) return null;
  const bins = Math.max(first.length, second.length);
  return Array.from({ length: bins }, (_, at) => [
    (first[at] ?? 0) / n,
    (second[at] ?? 0) / m,
  ]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
