import {
  orientPoint,
  orientRect,
  type FilmOrientation,
} from "@lung-iris/inference";

/** What can be drawn on a film, and how many points (x and y each) make it. */
const POINTS_OF = {
  /** Two opposite corners. */
  BOX: { least: 2, most: 2 },
  /** Two opposite corners of the frame that the ellipse touches. */
  ELLIPSE: { least: 2, most: 2 },
  /** The outline; it closes from the last point to the first. */
  FREEHAND: { least: 3, most: 500 },
  /** From, to. */
  RULER: { least: 2, most: 2 },
  /** On one arm, the apex, on the other arm. */
  ANGLE: { least: 3, most: 3 },
  /** The heart's width from edge to edge, then the chest's. */
  RATIO: { least: 4, most: 4 },
} as const;

export type MarkKind = keyof typeof POINTS_OF;

/** The kinds in the order of the toolbar. */
export const MARK_KINDS = [
  "BOX",
  "ELLIPSE",
  "FREEHAND",
  "RULER",
  "ANGLE",
  "RATIO",
] as const satisfies readonly MarkKind[];

/** Most numbers of one mark: x and y of each point. */
export const MAX_COORDINATES = 2 * POINTS_OF.FREEHAND.most;

/** Whether a kind encloses a part of the film; the others measure. */
export function isRegion(kind: MarkKind): boolean {
  return kind === "BOX" || kind === "ELLIPSE" || kind === "FREEHAND";
}

/** Whether so many coordinates make a mark of this kind. */
export function fitsKind(kind: MarkKind, coordinates: number): boolean {
  const { least, most } = POINTS_OF[kind];
  const points = coordinates / 2;
  return Number.isInteger(points) && points >= least && points <= most;
}

/** A rectangle in source pixels. */
export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Shape extends Frame {
  kind: MarkKind;
  /** x and y by turns, in source pixels, as they were drawn. */
  points: readonly number[];
}

/** The upright rectangle around all points; `points` has at least one. */
export function frameOf(points: readonly number[]): Frame {
  const xs = points.filter((_, at) => at % 2 === 0);
  const ys = points.filter((_, at) => at % 2 === 1);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The corners that a rectangle without points stands for. */
export function cornersOf({ x, y, width, height }: Frame): number[] {
  return [x, y, x + width, y + height];
}

/** Sides of the polygon that stands for an ellipse: off by 0.4 % of its radius. */
const ELLIPSE_SIDES = 36;

/**
 * The outline of a region as a polygon, x and y by turns; null for a box, which
 * is its own frame, and for measurements, which enclose nothing.
 */
export function outlineOf(shape: Shape): number[] | null {
  if (shape.kind === "FREEHAND") return [...shape.points];
  if (shape.kind !== "ELLIPSE") return null;
  const { x, y, width, height } = shape;
  return Array.from({ length: ELLIPSE_SIDES }, (_, side) => {
    const turn = (2 * Math.PI * side) / ELLIPSE_SIDES;
    return [
      x + (width / 2) * (1 + Math.cos(turn)),
      y + (height / 2) * (1 + Math.sin(turn)),
    ];
  }).flat();
}

/** A shape on the film as it lies; `size`: of the film's file. */
export function orientShape<Drawn extends Shape>(
  shape: Drawn,
  size: { width: number; height: number },
  orientation: FilmOrientation,
): Drawn {
  const points = pairs(shape.points).flatMap(([x, y]) => {
    const at = orientPoint({ x, y }, size, orientation);
    return [at.x, at.y];
  });
  return { ...orientRect(shape, size, orientation), points };
}

/** Area of a polygon in square pixels, by Gauss's shoelace formula. */
export function areaOf(outline: readonly number[]): number {
  const points = pairs(outline);
  const twice = points.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = points[(at + 1) % points.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** x and y by turns, as points. */
export function pairs(coordinates: readonly number[]): [number, number][] {
  const points: [number, number][] = [];
  for (let at = 0; at + 1 < coordinates.length; at += 2) {
    points.push([coordinates[at] ?? 0, coordinates[at + 1] ?? 0]);
  }
  return points;
}
