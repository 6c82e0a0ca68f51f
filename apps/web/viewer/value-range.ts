/** Of a larger film, so many values in equal steps stand for all. */
const LOOKED_AT = 1_000_000;

/** How far the values of a film lie apart. */
export function rangeOf(values: ArrayLike<number>): number {
  const step = Math.max(1, Math.trunc(values.length / LOOKED_AT));
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at += step) {
    const value = values[at] ?? 0;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return Math.max(most - least, 0);
}
