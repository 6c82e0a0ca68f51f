import type { Point } from "../viewer/viewer-contract.ts";

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
