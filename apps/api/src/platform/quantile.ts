/**
 * The value that a share of sorted values does not pass, between neighbours,
 * as PostgreSQL's percentile_cont and R's type 7; null of none.
 *
 * @param share 0 to 1
 */
export function quantile(
  sorted: ArrayLike<number>,
  share: number,
): number | null {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  if (low === undefined) return null;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}
