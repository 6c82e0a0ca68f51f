import { describe, expect, it } from "vitest";
import { boundedFactor, dragWay, ZOOM_BOUNDS } from "./zoom-bounds.ts";

describe("how far a step zooms", () => {
  it("is as far as was asked between the bounds", () => {
    expect(boundedFactor(1, 1.2)).toBeCloseTo(1.2);
    expect(boundedFactor(2, 1 / 1.2)).toBeCloseTo(1 / 1.2);
  });

  it("ends where the film would be lost from sight", () => {
    expect(boundedFactor(0.55, 0.5) * 0.55).toBeCloseTo(ZOOM_BOUNDS.least);
    expect(boundedFactor(ZOOM_BOUNDS.least, 0.9)).toBe(1);
    expect(boundedFactor(39, 2) * 39).toBeCloseTo(ZOOM_BOUNDS.most);
  });

  it("comes back from beyond the bounds, and goes no further", () => {
    // One film pixel on one of the screen's, of a small film.
    expect(boundedFactor(0.2, 0.5)).toBe(1);
    expect(boundedFactor(0.2, 1.5)).toBeCloseTo(1.5);
    expect(boundedFactor(60, 2)).toBe(1);
    expect(boundedFactor(60, 0.5)).toBeCloseTo(0.5);
  });

  it("zooms in by a drag up or to the right, which counts as negative", () => {
    expect(dragWay(0, -10)).toBeLessThan(0);
    expect(dragWay(10, 0)).toBeLessThan(0);
    expect(dragWay(0, 10)).toBeGreaterThan(0);
    expect(dragWay(-10, 0)).toBeGreaterThan(0);
  });
});
