import type { Point } from "../src/features/viewer/viewer-contract.ts";

/** A finger that stays longer, or goes farther, does not tap. */
const TAP_MS = 250;
const TAP_PX = 10;
/** Two taps are one double tap: in time, and as near as fingers are wide. */
const BETWEEN_MS = 350;
const BETWEEN_PX = 40;

interface Tap {
  readonly at: Point;
  readonly time: number;
}

export interface Taps {
  readonly begun: (fingers: number, at: Point, time: number) => void;
  /** @returns whether this finger tapped for the second time */
  readonly ended: (at: Point, time: number) => boolean;
  readonly forget: () => void;
}

/** Tells two quick taps of one finger from everything else that fingers do. */
export function createTaps(): Taps {
  let begin: Tap | null = null;
  let last: Tap | null = null;
  return {
    begun: (fingers, at, time) => {
      begin = fingers === 1 ? { at, time } : null;
      if (begin === null) last = null;
    },
    ended: (at, time) => {
      const isTap =
        begin !== null &&
        time - begin.time <= TAP_MS &&
        apart(at, begin.at) <= TAP_PX;
      const isSecond =
        isTap &&
        last !== null &&
        time - last.time <= BETWEEN_MS &&
        apart(at, last.at) <= BETWEEN_PX;
      begin = null;
      last = isTap && !isSecond ? { at, time } : null;
      return isSecond;
    },
    forget: () => {
      begin = null;
      last = null;
    },
  };
}

function apart(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
