import { canvasToFilm, filmToCanvas } from "../viewer/view-transform.ts";
import type { Point } from "../viewer/viewer-contract.ts";
import type { Sheet } from "./drawing.ts";
import { movedBy } from "./shape.ts";

/** One press of an arrow moves a cross-hair so far, in CSS pixels… */
export const STEP_PX = 4;
/** …and so far with Shift. */
const BIG_STEP_PX = 40;

const DIRECTIONS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** How far an arrow moves, in CSS pixels; null for any other key. */
export function stepOf(press: {
  key: string;
  shiftKey: boolean;
}): Point | null {
  const direction = DIRECTIONS[press.key];
  if (!direction) return null;
  const length = press.shiftKey ? BIG_STEP_PX : STEP_PX;
  return { x: direction.x * length, y: direction.y * length };
}

/** The points of a shape moved by a step on the screen. */
export function steppedBy(
  points: readonly number[],
  step: Point,
  { film, view }: Sheet,
): number[] {
  const origin = filmToCanvas(view, { x: 0, y: 0 });
  const by = canvasToFilm(view, { x: origin.x + step.x, y: origin.y + step.y });
  return movedBy(points, by, film);
}
