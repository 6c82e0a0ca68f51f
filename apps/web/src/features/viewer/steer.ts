import type { Film, Viewer } from "./viewer-contract.ts";

export interface KeyLike {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const PAN_STEP_PX = 40;
const ZOOM_STEP = 1.2;
/** A window moves by this share of the film's range of values. */
const WINDOW_STEP = 0.02;

const DIRECTIONS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Moves a film by keyboard: arrows move the view, with Shift they
 * change the window (across: width, up and down: centre), + and - zoom.
 * @returns whether the key meant anything
 */
export function steer(
  viewer: Pick<Viewer, "zoomBy" | "panBy" | "view" | "setWindow">,
  film: Pick<Film, "window" | "maxValue">,
  press: KeyLike,
): boolean {
  if (press.ctrlKey || press.metaKey || press.altKey) return false;
  if (press.key === "+" || press.key === "=") {
    viewer.zoomBy(ZOOM_STEP);
    return true;
  }
  if (press.key === "-") {
    viewer.zoomBy(1 / ZOOM_STEP);
    return true;
  }
  const direction = DIRECTIONS[press.key];
  if (!direction) return false;
  const [x, y] = direction;
  if (!press.shiftKey) {
    viewer.panBy(-x * PAN_STEP_PX, -y * PAN_STEP_PX);
    return true;
  }
  const window = viewer.view()?.window ?? film.window;
  const step = film.maxValue * WINDOW_STEP;
  viewer.setWindow({
    width: window.width + x * step,
    center: window.center + y * step,
  });
  return true;
}
