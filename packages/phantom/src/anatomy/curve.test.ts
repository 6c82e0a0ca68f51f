import { describe, expect, it } from "vitest";
import { interpolate, sampleCurve, smoothstep } from "./curve.ts";

const knots = [
  [0, 1],
  [1, 3],
  [2, 3.2],
  [5, 3.2],
  [6, 0],
] as const;

describe("interpolate", () => {
  it("passes the knots and holds the ends", () => {
    for (const [x, y] of knots) expect(interpolate(knots, x)).toBeCloseTo(y, 9);
    expect(interpolate(knots, -4)).toBe(1);
    expect(interpolate(knots, 9)).toBe(0);
  });

  it("never overshoots between knots", () => {
    for (let x = 0; x <= 2; x += 0.01) {
      const here = interpolate(knots, x);
      expect(here).toBeLessThanOrEqual(3.2 + 1e-9);
      expect(interpolate(knots, x + 0.01)).toBeGreaterThanOrEqual(here - 1e-9);
    }
    expect(interpolate(knots, 3.5)).toBeCloseTo(3.2, 9);
  });
});

describe("sampleCurve", () => {
  it("reads the same curve from a table", () => {
    const table = sampleCurve(knots, 0.01);
    for (let x = -1; x < 7; x += 0.037) {
      expect(table.at(x)).toBeCloseTo(interpolate(knots, x), 2);
    }
  });
});

describe("smoothstep", () => {
  it("rises from 0 to 1 and is a half in the middle", () => {
    expect(smoothstep(2, 4, 1)).toBe(0);
    expect(smoothstep(2, 4, 3)).toBe(0.5);
    expect(smoothstep(2, 4, 5)).toBe(1);
  });
});
