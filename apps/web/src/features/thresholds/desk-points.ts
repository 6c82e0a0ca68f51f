/** The point nearest to a threshold; null where there are none. */
export function nearestPoint<Point extends { threshold: number }>(
  points: readonly Point[],
  threshold: number,
): Point | null {
  return points.reduce<Point | null>(
    (best, point) =>
      best === null ||
      Math.abs(point.threshold - threshold) <
        Math.abs(best.threshold - threshold)
        ? point
        : best,
    null,
  );
}
