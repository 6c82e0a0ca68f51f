import type { MarkKind } from "../../gql/graphql.ts";
import type {
  FilmBox,
  Point,
  ViewTransform,
} from "../viewer/viewer-contract.ts";
import {
  frameAround,
  isRegion,
  onFilm,
  OUTLINE_POINTS,
  POINTS_OF,
} from "./shape.ts";

/** Where a shape is drawn. */
export interface Sheet {
  readonly film: Pick<FilmBox, "width" | "height">;
  readonly view: ViewTransform;
}

/** A click that slipped is no region: shorter sides than this are dropped. */
const MIN_SIDE_PX = 8;

/**
 * The point that is set for one that was pointed at: on the film, and level
 * with the one before where both ends of a width are set.
 */
export function pointFor(
  kind: MarkKind,
  before: readonly Point[],
  at: Point,
  { film, view }: Sheet,
): Point {
  const start = before.at(-1);
  const ends = kind === "RATIO" && before.length % 2 === 1;
  if (!ends || !start) return onFilm(at, film);
  // The screen's horizontal is the film's vertical where it lies on its side.
  const isUpright = view.a !== 0;
  return onFilm(
    isUpright ? { x: at.x, y: start.y } : { x: start.x, y: at.y },
    film,
  );
}

export type Drawn =
  | { status: "going-on"; points: readonly Point[] }
  | { status: "done"; points: readonly Point[] }
  /** nothing that is worth keeping came out of it */
  | { status: "dropped" };

/** A shape with one more point. */
export function withPoint(
  kind: MarkKind,
  points: readonly Point[],
  point: Point,
): Drawn {
  const next = [...points, point];
  if (kind === "FREEHAND") {
    return next.length < OUTLINE_POINTS.most
      ? { status: "going-on", points: next }
      : closed(next);
  }
  if (next.length < POINTS_OF[kind])
    return { status: "going-on", points: next };
  return isWorth(kind, next)
    ? { status: "done", points: next }
    : { status: "dropped" };
}

/** An outline that ends where it is. */
export function closed(points: readonly Point[]): Drawn {
  return points.length >= OUTLINE_POINTS.least && isWorth("FREEHAND", points)
    ? { status: "done", points }
    : { status: "dropped" };
}

function isWorth(kind: MarkKind, points: readonly Point[]): boolean {
  const { width, height } = frameAround(points);
  return isRegion(kind)
    ? Math.min(width, height) >= MIN_SIDE_PX
    : Math.max(width, height) > 0;
}
