import { beforeEach, describe, expect, it, vi } from "vitest";
import { listenToTouch } from "./touch.ts";

type At = readonly [x: number, y: number];

/** What of a touch event is looked at; Node has none. */
class Touched extends Event {
  readonly touches: readonly object[];
  readonly changedTouches: readonly object[];

  constructor(type: string, all: readonly At[], changed: readonly At[] = all) {
    super(type, { cancelable: true });
    const touch = ([clientX, clientY]: At) => ({ clientX, clientY });
    this.touches = all.map(touch);
    this.changedTouches = changed.map(touch);
  }
}

function film(): HTMLElement {
  const bounds = { left: 10, top: 20 };
  const target = Object.assign(new EventTarget(), {
    getBoundingClientRect: () => bounds,
  });
  // An element has much more; of this a film's listeners want no more.
  return target as unknown as HTMLElement;
}

describe("fingers on a film", () => {
  const moves = {
    zoomBy: vi.fn(),
    panBy: vi.fn(),
    doubleTapped: vi.fn(),
  };
  const tool = vi.fn();
  let element = film();
  const touch = (type: string, all: readonly At[], changed?: readonly At[]) =>
    element.dispatchEvent(new Touched(`touch${type}`, all, changed));

  beforeEach(() => {
    vi.clearAllMocks();
    element = film();
    listenToTouch(element, moves);
    element.addEventListener("touchmove", tool);
  });

  it("leave one finger to the tool", () => {
    touch("start", [[100, 100]]);
    touch("move", [[120, 110]]);
    touch("end", [], [[120, 110]]);
    expect(tool).toHaveBeenCalledTimes(1);
    expect(moves.panBy).not.toHaveBeenCalled();
    expect(moves.doubleTapped).not.toHaveBeenCalled();
  });

  it("zoom about what lies between two of them, and move it along", () => {
    touch("start", [[110, 120]]);
    touch("start", [
      [110, 120],
      [210, 120],
    ]);
    touch("move", [
      [90, 140],
      [290, 140],
    ]);
    expect(moves.panBy).toHaveBeenCalledWith(30, 20);
    expect(moves.zoomBy).toHaveBeenCalledWith(2, { x: 180, y: 120 });
    expect(tool).not.toHaveBeenCalled();
  });

  it("leave nothing to the tool until the last one is lifted", () => {
    touch("start", [
      [110, 120],
      [210, 120],
    ]);
    touch("end", [[110, 120]], [[210, 120]]);
    touch("move", [[300, 300]]);
    expect(tool).not.toHaveBeenCalled();
    touch("end", [], [[300, 300]]);
    touch("start", [[100, 100]]);
    touch("move", [[110, 100]]);
    expect(tool).toHaveBeenCalledTimes(1);
  });

  it("show the whole film again when one taps twice", () => {
    for (let tap = 0; tap < 2; tap++) {
      touch("start", [[100, 100]]);
      touch("end", [], [[100, 100]]);
    }
    expect(moves.doubleTapped).toHaveBeenCalledTimes(1);
  });
});
