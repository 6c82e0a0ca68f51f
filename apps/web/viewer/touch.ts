import type { Point } from "../src/features/viewer/viewer-contract.ts";

interface Fingers {
  readonly middle: Point;
  readonly apart: number;
}

/**
 * Two fingers zoom and move the film together: what lies between them stays
 * between them. One finger is the tool's, as the mouse's main button is.
 */
export function listenToTouch(
  element: HTMLElement,
  move: {
    zoomBy: (factor: number, at: Point) => void;
    panBy: (dx: number, dy: number) => void;
  },
): () => void {
  let before: Fingers | null = null;
  const followed = (event: TouchEvent) => {
    const now = fingersOf(element, event.touches);
    if (now && before) {
      event.preventDefault();
      event.stopImmediatePropagation();
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
  const begun = (event: TouchEvent) => {
    before = fingersOf(element, event.touches);
  };
  // Before Cornerstone's own listeners, which sit on the same element.
  element.addEventListener("touchstart", begun, { capture: true });
  element.addEventListener("touchmove", followed, {
    capture: true,
    passive: false,
  });
  element.addEventListener("touchend", begun, { capture: true });
  element.addEventListener("touchcancel", begun, { capture: true });
  return () => {
    element.removeEventListener("touchstart", begun, { capture: true });
    element.removeEventListener("touchmove", followed, { capture: true });
    element.removeEventListener("touchend", begun, { capture: true });
    element.removeEventListener("touchcancel", begun, { capture: true });
  };
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
