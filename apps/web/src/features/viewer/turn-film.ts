import type { Orientation } from "./viewer-contract.ts";

/** In the order of the menu. */
export const TURNS = ["clockwise", "counterclockwise", "mirror"] as const;

export type Turn = (typeof TURNS)[number];

export const TURN_KEYS: Record<Turn, string> = {
  clockwise: "t",
  counterclockwise: "shift+T",
  mirror: "shift+F",
};

const QUARTERS = [0, 1, 2, 3] as const;

/** What was done to a film that lay as `from` says and lies as `to` now. */
export function orientationSince(
  from: Orientation,
  to: Orientation,
): Orientation {
  // A turn before a mirror is one the other way after it.
  const quarters = from.flipped ? from.turns - to.turns : to.turns - from.turns;
  return {
    turns: QUARTERS[(quarters + 4) % 4] ?? 0,
    flipped: from.flipped !== to.flipped,
  };
}

/**
 * A film turned once more, as it lies on the screen: a mirrored one is turned
 * the way it was asked for, too.
 */
export function turned(before: Orientation, turn: Turn): Orientation {
  if (turn === "mirror") return { ...before, flipped: !before.flipped };
  // The mirror comes after the turns, so that under it they go the other way.
  const isClockwise = (turn === "clockwise") !== before.flipped;
  const turns = QUARTERS[(before.turns + (isClockwise ? 1 : 3)) % 4] ?? 0;
  return { ...before, turns };
}
