import type { Point } from "../src/features/viewer/viewer-contract.ts";
import { createTaps } from "./taps.ts";

interface Fingers {
  readonly middle: Point;
  readonly apart: number;
}

interface TouchMoves {
  readonly zoomBy: (factor: number, at: Point) => void;
  readonly panBy: (dx: number, dy: number) => void;
  readonly doubleTapped: () => void;
}

/**
 * Two fingers zoom and move the film together: what lies between them stays
 * between them. Tapped twice it shows the whole film again. One finger is the
 * tool's, as the mouse's main button is, unless it is left of two.
 */
export function listenToTouch(
  element: HTMLElement,
  move: TouchMoves,
): () => void {
  let before: Fingers | null = null;
  // From the second finger to the last one lifted, nothing is the tool's.
  let isOurs = false;
  const taps = createTaps();
  const begun = (event: TouchEvent) => {
    if (event.touches.length > 1) isOurs = true;
    before = fingersOf(element, event.touches);
    taps.begun(event.touches.length, placeOf(event), event.timeStamp);
  };
  const followed = (event: TouchEvent) => {
    if (!isOurs) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const now = fingersOf(element, event.touches);
    if (now && before) {
      move.panBy(
        now.middle.x - before.middle.x,
        now.middle.y - before.middle.y,
      );
      if (before.apart > 0 && now.apart > 0) {
        move.zoomBy(now.apart / before.apart, now.middle);
      }
    }
    before = now;
  };
  const ended = (event: TouchEvent) => {
    before = fingersOf(element, event.touches);
    // Safari tells no double click of fingers.
    const isDouble = taps.ended(placeOf(event), event.timeStamp);
    if (event.touches.length > 0) return;
    if (isDouble && !isOurs) move.doubleTapped();
    isOurs = false;
  };
  const cancelled = (event: TouchEvent) => {
    before = null;
    isOurs = false;
    taps.forget();
    // Cornerstone hears of no cancelled touch: it would go on with this one
    // at the next, wherever that begins.
    document.dispatchEvent(
      new TouchEvent("touchend", {
        changedTouches: [...event.changedTouches],
      }),
    );
  };
  // Before Cornerstone's own listeners, which sit on the same element.
  const early = { capture: true };
  element.addEventListener("touchstart", begun, early);
  element.addEventListener("touchmove", followed, { ...early, passive: false });
  element.addEventListener("touchend", ended, early);
  element.addEventListener("touchcancel", cancelled, early);
  return () => {
    element.removeEventListener("touchstart", begun, early);
    element.removeEventListener("touchmove", followed, early);
    element.removeEventListener("touchend", ended, early);
    element.removeEventListener("touchcancel", cancelled, early);
  };
}

function placeOf({ changedTouches: [touch] }: TouchEvent): Point {
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}

function fingersOf(element: HTMLElement, touches: TouchList): Fingers | null {
  const [one, two] = touches;
  if (!one || !two || touches.length !== 2) return null;
  const bounds = element.getBoundingClientRect();
  return {
    middle: {
      x: (one.clientX + two.clientX) / 2 - bounds.left,
      y: (one.clientY + two.clientY) / 2 - bounds.top,
    },
    apart: Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY),
  };
}
