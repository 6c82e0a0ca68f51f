import { describe, expect, it, vi } from "vitest";
import { listenToMouse } from "./mouse.ts";

/** What of an element the mouse needs; the tests run without a page. */
function anElement() {
  const element = Object.assign(new EventTarget(), {
    getBoundingClientRect: () => ({ left: 100, top: 50 }),
  }) as unknown as HTMLElement;
  const zoomBy = vi.fn();
  const fit = vi.fn();
  const leave = listenToMouse(element, zoomBy, fit);
  return { element, zoomBy, fit, leave };
}

const wheel = (deltaY: number) =>
  Object.assign(new Event("wheel", { cancelable: true }), {
    ...{ deltaY, clientX: 130, clientY: 90 },
  });

describe("the mouse on a film", () => {
  it("shows the whole film again by a double click", () => {
    const { element, fit, leave } = anElement();
    element.dispatchEvent(new Event("dblclick"));
    expect(fit).toHaveBeenCalledTimes(1);
    leave();
    element.dispatchEvent(new Event("dblclick"));
    expect(fit).toHaveBeenCalledTimes(1);
  });

  it("zooms in where it points by a wheel turned away, and out towards one", () => {
    const { element, zoomBy } = anElement();
    const away = wheel(-100);
    element.dispatchEvent(away);
    expect(away.defaultPrevented).toBe(true);
    element.dispatchEvent(wheel(100));
    const [[larger, at], [smaller]] = zoomBy.mock.calls as [
      [number, object],
      [number, object],
    ];
    expect(larger).toBeGreaterThan(1);
    expect(at).toEqual({ x: 30, y: 40 });
    expect(smaller).toBeCloseTo(1 / larger);
  });
});
