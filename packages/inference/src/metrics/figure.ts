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
 * @param designEffect how many of the counted are worth one independent one,
 *   at least 1: see `designEffectOf`.
 * @returns null for none of none.
 */
export function proportion(
  hits: number,
  total: number,
  designEffect = 1,
): Figure | null {
  if (total === 0) return null;
  const share = hits / total;
  const worth = total / designEffect;
  const spread = 1 + Z ** 2 / worth;
  const middle = (share + Z ** 2 / (2 * worth)) / spread;
  const half =
    (Z / spread) *
    Math.sqrt((share * (1 - share)) / worth + Z ** 2 / (4 * worth ** 2));
  return {
    value: share,
    low: Math.max(0, middle - half),
    high: Math.min(1, middle + half),
  };
}

/**
 * How many cases are worth one independent one where patients come more than
 * once: Kish's design effect (1965) with all cases of a patient taken to say
 * the same, the most that they can cost. Intervals are then never too narrow.
 *
 * @param cases of all patients together.
 * @param squares sum over patients of the square of each one's cases.
 */
export function designEffectOf(cases: number, squares: number): number {
  return cases === 0 ? 1 : Math.max(1, squares / cases);
}
