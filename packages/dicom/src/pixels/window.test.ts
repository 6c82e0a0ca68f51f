import { describe, expect, it } from "vitest";

import {
  displayValue,
  invertWindow,
  percentile,
  percentileWindow,
  windowEnds,
  windowFromEnds,
} from "./window.ts";

describe("display windows (PS3.3 C.11.2)", () => {
  it("has the ends of the standard's own example", () => {
    // C.11.2.1.2.2: centre 2048, width 4096 maps 0…4095 without clipping.
    expect(windowEnds({ center: 2048, width: 4096 })).toEqual({
      low: 0,
      high: 4095,
    });
  });

  it("maps ends to black and white and the middle between them", () => {
    const window = { center: 2048, width: 4096 };
    expect(displayValue(-5, window)).toBe(0);
    expect(displayValue(0, window)).toBe(0);
    expect(displayValue(4095, window)).toBe(1);
    expect(displayValue(2047.5, window)).toBe(0.5);
  });

  it("maps the centre of a sigmoid to one half, and a width above by 1/(1+e^-4)", () => {
    const window = { center: 100, width: 50, shape: "sigmoid" as const };
    expect(displayValue(100, window)).toBe(0.5);
    expect(displayValue(150, window)).toBeCloseTo(1 / (1 + Math.exp(-4)), 12);
  });

  it.each(["linear", "linear-exact", "sigmoid"] as const)(
    "shows an inverted film through an inverted %s window as its negative",
    (shape) => {
      const window = { center: 1200, width: 800, shape };
      const inverted = invertWindow(window, 4095);
      for (const value of [900, 1000, 1200, 1599]) {
        expect(displayValue(4095 - value, inverted)).toBeCloseTo(
          1 - displayValue(value, window),
          12,
        );
      }
    },
  );

  it("comes back from its ends", () => {
    expect(windowFromEnds(0, 4095)).toEqual({ center: 2048, width: 4096 });
    expect(windowFromEnds(0, 10, "linear-exact")).toEqual({
      center: 5,
      width: 10,
      shape: "linear-exact",
    });
  });
});

describe("percentiles", () => {
  it("finds the smallest value with enough at or below it", () => {
    const histogram = Uint32Array.of(0, 2, 0, 6, 2);
    expect(percentile(histogram, 0.01)).toBe(1);
    expect(percentile(histogram, 0.2)).toBe(1);
    expect(percentile(histogram, 0.21)).toBe(3);
    expect(percentile(histogram, 1)).toBe(4);
  });

  it("gives a flat film a window that is not empty", () => {
    const window = percentileWindow(Uint32Array.of(0, 100, 0));
    expect(windowEnds(window)).toEqual({ low: 1, high: 2 });
  });
});
