import type { MarkKind } from "../../gql/graphql.ts";
import type { FilmBox, Point } from "../viewer/viewer-contract.ts";

/** Something drawn on a film: x and y by turns, in film coordinates. */
export interface Shape {
  readonly kind: MarkKind;
  readonly points: readonly number[];
}

/** A shape with its name on the screen. */
export interface ViewerMark extends Shape {
  readonly id: string;
}

/** How many points make a shape; an outline has as many as were drawn. */
export const POINTS_OF: Record<Exclude<MarkKind, "FREEHAND">, number> = {
  BOX: 2,
  ELLIPSE: 2,
  RULER: 2,
  ANGLE: 3,
  RATIO: 4,
};
export const OUTLINE_POINTS = { least: 3, most: 500 } as const;

/** Whether a shape encloses a part of the film; the others measure. */
export function isRegion(kind: MarkKind): boolean {
  return kind === "BOX" || kind === "ELLIPSE" || kind === "FREEHAND";
}

/** x and y by turns, as points. */
export function toPoints(coordinates: readonly number[]): Point[] {
  const points: Point[] = [];
  for (let at = 0; at + 1 < coordinates.length; at += 2) {
    points.push({ x: coordinates[at] ?? 0, y: coordinates[at + 1] ?? 0 });
  }
  return points;
}

export function toCoordinates(points: readonly Point[]): number[] {
  return points.flatMap(({ x, y }) => [x, y]);
}

/** The upright rectangle around points. */
export function frameAround(points: readonly Point[]): FilmBox {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** A hundredth of a pixel is finer than any hand, and short to keep. */
const GRAIN = 100;

/** The nearest point on the film that is kept as it is. */
export function onFilm(
  { x, y }: Point,
  film: { readonly width: number; readonly height: number },
): Point {
  const kept = (value: number, limit: number) =>
    Math.round(Math.min(Math.max(value, 0), limit) * GRAIN) / GRAIN;
  return { x: kept(x, film.width), y: kept(y, film.height) };
}

/** A shape moved as a whole, as far as the film lets it. */
export function movedBy(
  points: readonly number[],
  by: Point,
  film: { readonly width: number; readonly height: number },
): number[] {
  const all = toPoints(points);
  const { x, y, width, height } = frameAround(all);
  const dx = Math.min(Math.max(by.x, -x), film.width - x - width);
  const dy = Math.min(Math.max(by.y, -y), film.height - y - height);
  return toCoordinates(
    all.map((point) => onFilm({ x: point.x + dx, y: point.y + dy }, film)),
  );
}

/** What a shape measures; null for a region. */
export type Measure =
  | { kind: "RULER"; value: number; unit: "mm" | "px" }
  /** degrees, 0 to 180 */
  | { kind: "ANGLE"; value: number }
  /** heart by chest; null where the chest has no width */
  | { kind: "RATIO"; value: number | null };

/**
 * Measures in millimetres where the spacing is known, so that pixels that are
 * not square bend no angle.
 * @param spacing mm between rows, mm between columns; null: unknown
 */
export function measureOf(
  { kind, points }: Shape,
  spacing: readonly [number, number] | null,
): Measure | null {
  const [a, b, c, d] = toPoints(points).map(({ x, y }) =>
    spacing ? { x: x * spacing[1], y: y * spacing[0] } : { x, y },
  );
  if (kind === "RULER" && a && b) {
    return { kind, value: distance(a, b), unit: spacing ? "mm" : "px" };
  }
  if (kind === "ANGLE" && a && b && c) return { kind, value: angle(a, b, c) };
  if (kind === "RATIO" && a && b && c && d) {
    const chest = distance(c, d);
    return { kind, value: chest > 0 ? distance(a, b) / chest : null };
  }
  return null;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function angle(a: Point, apex: Point, b: Point): number {
  const turn =
    Math.atan2(a.y - apex.y, a.x - apex.x) -
    Math.atan2(b.y - apex.y, b.x - apex.x);
  const degrees = Math.abs((turn * 180) / Math.PI);
  return degrees > 180 ? 360 - degrees : degrees;
}

/** The SVG path of a shape whose points lie on the canvas already. */
export function pathOf(kind: MarkKind, points: readonly Point[]): string {
  const [first, second] = points;
  if (!first) return "";
  if (kind === "BOX" && second) {
    return `M${first.x} ${first.y}H${second.x}V${second.y}H${first.x}Z`;
  }
  if (kind === "ELLIPSE" && second) {
    const { x, y, width, height } = frameAround([first, second]);
    const half = `${width / 2} ${height / 2} 0 1 0`;
    const middle = y + height / 2;
    return `M${x} ${middle}a${half} ${width} 0a${half} ${-width} 0Z`;
  }
  if (kind === "RATIO") {
    return lineThrough(points.slice(0, 2)) + lineThrough(points.slice(2));
  }
  return lineThrough(points) + (kind === "FREEHAND" ? "Z" : "");
}

function lineThrough(points: readonly Point[]): string {
  return points
    .map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x} ${y}`)
    .join("");
}
