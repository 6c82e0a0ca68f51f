import type { Point } from "../src/features/viewer/viewer-contract.ts";

/** One notch of a wheel zooms by about a tenth. */
const ZOOM_PER_WHEEL_PX = 0.001;

/**
 * The wheel zooms under the pointer, a double click shows the whole film again;
 * the right button opens no menu.
 */
export function listenToMouse(
  element: HTMLElement,
  zoomBy: (factor: number, at: Point) => void,
  doubleClicked: () => void,
): () => void {
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const bounds = element.getBoundingClientRect();
    zoomBy(Math.exp(-event.deltaY * ZOOM_PER_WHEEL_PX), {
      x: event.clientX - bounds.left,
      y: event.clientY - bounds.top,
    });
  };
  const menu = (event: Event) => event.preventDefault();
  element.addEventListener("wheel", wheel, { passive: false });
  element.addEventListener("contextmenu", menu);
  element.addEventListener("dblclick", doubleClicked);
  return () => {
    element.removeEventListener("wheel", wheel);
    element.removeEventListener("contextmenu", menu);
    element.removeEventListener("dblclick", doubleClicked);
  };
}
