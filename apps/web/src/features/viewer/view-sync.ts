import type { Viewer, ViewFrame } from "./viewer-contract.ts";

type Followed = Pick<Viewer, "film" | "view" | "onViewChange" | "showFrame">;

interface Entry {
  readonly viewer: Followed;
  readonly stop: () => void;
  /** where the viewer is, or was told to go */
  frame: ViewFrame | null;
  /** told to go there, and not heard of since */
  isTold: boolean;
}

/**
 * Keeps films that stand side by side at the same scale and the same place,
 * whichever of them is moved: a millimetre is as long on each of them where the
 * size of a pixel is known of both, else each is as large a part of its frame.
 * Places are parts of a film, so that films of different sizes follow each other.
 */
export class ViewSync {
  readonly #entries = new Map<string, Entry>();
  #isOn = true;

  /** Switched on again, the others go where the first one is. */
  setOn(isOn: boolean): void {
    this.#isOn = isOn;
    const [first] = this.#entries.values();
    if (isOn && first?.frame) this.#lead(first, first.frame);
  }

  /** Puts a viewer in a place, where it follows the others; null takes it. */
  set(place: string, viewer: Followed | null): void {
    this.#entries.get(place)?.stop();
    this.#entries.delete(place);
    if (!viewer) return;
    const [first] = this.#entries.values();
    const entry: Entry = {
      viewer,
      stop: viewer.onViewChange(({ frame }) => this.#moved(entry, frame)),
      frame: viewer.view()?.frame ?? null,
      isTold: false,
    };
    this.#entries.set(place, entry);
    if (this.#isOn && first?.frame) tell(entry, first, first.frame);
  }

  #moved(entry: Entry, frame: ViewFrame): void {
    const { frame: before, isTold } = entry;
    entry.isTold = false;
    if (before && isNear(before, frame, STILL)) return;
    entry.frame = frame;
    // What a follower reports is where it was sent, but for rounding.
    if (before && isTold && isNear(before, frame, ROUNDING)) return;
    if (this.#isOn) this.#lead(entry, frame);
  }

  #lead(leader: Entry, frame: ViewFrame): void {
    for (const entry of this.#entries.values()) {
      if (entry !== leader) tell(entry, leader, frame);
    }
  }
}

function tell(entry: Entry, leader: Entry, led: ViewFrame): void {
  const frame = {
    ...led,
    zoom: led.zoom * zoomRatio(leader.viewer, entry.viewer),
  };
  entry.frame = frame;
  entry.isTold = true;
  entry.viewer.showFrame(frame);
}

/** How far a film must be zoomed for its millimetres to be as long as another's. */
function zoomRatio(leader: Followed, follower: Followed): number {
  const ratio = (fittedMm(leader) ?? 0) / (fittedMm(follower) ?? 0);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : 1;
}

/** CSS pixels a millimetre of a film that is shown whole; null where unknown. */
function fittedMm({ film, view }: Followed): number | null {
  const [, spacing = null] = film()?.pixelSpacing ?? [];
  const shown = view();
  if (spacing === null || shown === null) return null;
  return shown.scale / shown.frame.zoom / spacing;
}

/** In parts of the film and of the zoom. */
const STILL = 1e-4;
const ROUNDING = 5e-3;

function isNear(a: ViewFrame, b: ViewFrame, tolerance: number): boolean {
  return (
    Math.abs(a.zoom / b.zoom - 1) < tolerance &&
    Math.abs(a.x - b.x) < tolerance &&
    Math.abs(a.y - b.y) < tolerance
  );
}
