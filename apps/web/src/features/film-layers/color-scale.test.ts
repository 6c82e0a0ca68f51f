import { describe, expect, it } from "vitest";
import {
  COLOR_SCALES,
  scaleColor,
  scaleGradient,
  scaleOpacity,
  standsOut,
} from "./color-scale.ts";

/** Relative luminance, WCAG 2.2. */
function luminance([red, green, blue]: readonly number[]): number {
  const linear = (value = 0) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

describe("the colour scales", () => {
  it("begin and end as published", () => {
    expect(scaleColor("inferno", 0)).toEqual([0, 0, 4]);
    expect(scaleColor("inferno", 1)).toEqual([252, 255, 164]);
    expect(scaleColor("viridis", 0)).toEqual([68, 1, 84]);
    expect(scaleColor("viridis", 1)).toEqual([253, 231, 37]);
  });

  it("stay within 2 of 255 of published entries between control points", () => {
    // entries 100 (inferno) and 201 (viridis) of the 256 in BIDS/colormap
    const published = [
      ["inferno", 100, [0.565854, 0.143567, 0.408258]],
      ["viridis", 201, [0.449368, 0.813768, 0.335384]],
    ] as const;
    for (const [scale, entry, color] of published) {
      scaleColor(scale, entry / 255).forEach((channel, index) => {
        const expected = (color[index] ?? 0) * 255;
        expect(Math.abs(channel - expected)).toBeLessThan(2);
      });
    }
  });

  it.each(COLOR_SCALES)("%s only ever gets lighter", (scale) => {
    let before = -1;
    for (let step = 0; step <= 100; step += 1) {
      const now = luminance(scaleColor(scale, step / 100));
      expect(now).toBeGreaterThan(before - 1e-3);
      before = now;
    }
  });

  it("give values beyond the ends the end's colour", () => {
    expect(scaleColor("viridis", -1)).toEqual(scaleColor("viridis", 0));
    expect(scaleColor("viridis", 7)).toEqual(scaleColor("viridis", 1));
  });
});

describe("the opacity of an activation", () => {
  it("is none for weak and full for strong activations", () => {
    expect(scaleOpacity(0.05)).toBe(0);
    expect(scaleOpacity(0.25)).toBeCloseTo(0.5, 5);
    expect(scaleOpacity(0.9)).toBe(1);
  });

  it("is what the legend shows", () => {
    const gradient = scaleGradient("inferno", 0.4);
    expect(gradient).toContain("rgb(0 0 4 / 0.000) 0.0%");
    expect(gradient).toContain("rgb(252 255 164 / 0.400) 100.0%");
  });
});

describe("what stands out on a map", () => {
  const values = (...all: number[]) => ({ values: all });

  it("is a single spot that is drawn at half the strength or more", () => {
    // Opacity goes from 0 at 0.1 to 1 at 0.4: half of it is at 0.25.
    expect(standsOut(values(0, 0.05, 0.26))).toBe(true);
    expect(standsOut(values(0, 0.05, 0.24))).toBe(false);
  });

  it("is nothing on a map of nothing", () => {
    expect(standsOut(values(0, 0, 0))).toBe(false);
    expect(standsOut(values())).toBe(false);
  });
});
