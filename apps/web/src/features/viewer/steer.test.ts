import { describe, expect, it, vi } from "vitest";
import { steer } from "./steer.ts";

const film = { window: { center: 100, width: 200 }, maxValue: 1000 };

function steered(
  key: string,
  held: Partial<Record<"shiftKey" | "ctrlKey", true>> = {},
) {
  const viewer = {
    zoomBy: vi.fn(),
    panBy: vi.fn(),
    setWindow: vi.fn(),
    view: () => null,
  };
  const press = {
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
  };
  const isTaken = steer(viewer, film, { key, ...press, ...held });
  return { viewer, isTaken };
}

describe("the film by keyboard", () => {
  it("grows with + and =, which is + without Shift, and shrinks with -", () => {
    for (const key of ["+", "="]) {
      expect(steered(key).viewer.zoomBy.mock.calls[0]?.[0]).toBeGreaterThan(1);
    }
    expect(steered("-").viewer.zoomBy.mock.calls[0]?.[0]).toBeLessThan(1);
  });

  it("moves by arrows, the view to where the arrow points", () => {
    const { panBy } = steered("ArrowRight").viewer;
    expect(panBy.mock.calls[0]?.[0]).toBeLessThan(0);
    expect(panBy.mock.calls[0]?.[1]).toBeCloseTo(0);
  });

  it("changes its window with Shift: width across, centre up and down", () => {
    expect(
      steered("ArrowRight", { shiftKey: true }).viewer.setWindow,
    ).toHaveBeenCalledWith({ width: 220, center: 100 });
    expect(
      steered("ArrowDown", { shiftKey: true }).viewer.setWindow,
    ).toHaveBeenCalledWith({ width: 200, center: 120 });
  });

  it("leaves every other key, and the browser's own, alone", () => {
    expect(steered("x").isTaken).toBe(false);
    expect(steered("-", { ctrlKey: true }).isTaken).toBe(false);
  });
});
