/** A measured value with its 95 % interval. */
export interface Figure {
  value: number;
  low: number;
  high: number;
}

/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * A proportion with Wilson's interval (1927), which stays inside 0…1 and is
 * honest for small and extreme counts.
 *
 * @returns null for none of none.
 */
export function proportion(hits: number, total: number): Figure | null {
  if (total === 0) return null;
  const share = hits / total;
  const spread = 1 + Z ** 2 / total;
  const middle = (share + Z ** 2 / (2 * total)) / spread;
  const half =
    (Z / spread) *
    Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  return {
    value: share,
    low: Math.max(0, middle - half),
    high: Math.min(1, middle + half),
  };
}
