/**
 * A schematic chest, 0 (black) to 1: enough anatomy to say which way round its
 * grey scale is, and nothing more. Air, body, two lungs, spine and heart.
 */
export function chestAt(x: number, y: number): number {
  const inside = (cx: number, cy: number, rx: number, ry: number): boolean =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  if (Math.abs(x - 0.5) < 0.06 || inside(0.58, 0.62, 0.14, 0.14)) return 0.95;
  if (inside(0.3, 0.48, 0.15, 0.3) || inside(0.7, 0.48, 0.15, 0.3)) return 0.3;
  if (y > 0.75) return inside(0.5, 0.9, 0.48, 0.4) ? 0.9 : 0.1;
  return inside(0.5, 0.6, 0.46, 0.7) ? 0.65 : 0.1;
}

/**
 * Grey values of a drawn chest, row by row. The first values are replaced by
 * `first`: a test's vector rides on a film whose sense is clear.
 */
export function chestPixels(
  side: number,
  maxValue: number,
  first: readonly number[] = [],
): number[] {
  const pixels = Array.from({ length: side * side }, (_, i) =>
    Math.round(
      maxValue *
        chestAt(((i % side) + 0.5) / side, (Math.trunc(i / side) + 0.5) / side),
    ),
  );
  for (const [i, value] of first.entries()) pixels[i] = value;
  return pixels;
}
