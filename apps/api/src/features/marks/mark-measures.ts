import { pairs, type Shape } from "./mark-shapes.ts";

/** Millimetres between rows and between columns; empty where unknown. */
type Spacing = readonly number[];

/** What a mark measures; null for a region. */
export type Measure =
  | { kind: "RULER"; value: number; unit: "mm" | "px" }
  /** Degrees, 0 to 180. */
  | { kind: "ANGLE"; value: number }
  /** Width of the heart by width of the chest; null where the chest has none. */
  | { kind: "RATIO"; value: number | null };

/**
 * Measures in millimetres where the spacing is known, so that pixels that are
 * not square bend no angle, else in pixels.
 */
export function measureOf(
  { kind, points }: Pick<Shape, "kind" | "points">,
  spacing: Spacing,
): Measure | null {
  const [row, column] = spacing;
  const isKnown = row !== undefined && column !== undefined;
  const scaled = pairs(points).map(([x, y]): [number, number] =>
    isKnown ? [x * column, y * row] : [x, y],
  );
  const [a, b, c, d] = scaled;
  if (kind === "RULER" && a && b) {
    return { kind, value: distance(a, b), unit: isKnown ? "mm" : "px" };
  }
  if (kind === "ANGLE" && a && b && c) return { kind, value: angle(a, b, c) };
  if (kind === "RATIO" && a && b && c && d) {
    const chest = distance(c, d);
    return { kind, value: chest > 0 ? distance(a, b) / chest : null };
  }
  return null;
}

type At = readonly [number, number];

function distance([ax, ay]: At, [bx, by]: At): number {
  return Math.hypot(bx - ax, by - ay);
}

/** Between the arms from `apex` to `a` and to `b`, in degrees. */
function angle([ax, ay]: At, [x, y]: At, [bx, by]: At): number {
  const turn = Math.atan2(ay - y, ax - x) - Math.atan2(by - y, bx - x);
  const degrees = Math.abs((turn * 180) / Math.PI);
  return degrees > 180 ? 360 - degrees : degrees;
}
