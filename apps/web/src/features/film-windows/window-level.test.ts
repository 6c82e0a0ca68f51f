import { describe, expect, it } from "vitest";
import {
  fullWindow,
  rangeToWindow,
  usableWindow,
  windowedGrey,
  windowToRange,
} from "./window-level.ts";

describe("the LINEAR window of DICOM PS3.3 C.11.2.1.2.1", () => {
  // The standard's own example: c = 2048, w = 4096 over 0…4095.
  const standard = { center: 2048, width: 4096 };

  it("is black at 0 and white at 4095 in the standard's example", () => {
    expect(windowToRange(standard)).toEqual({ lower: 0, upper: 4095 });
    expect(windowedGrey(0, standard)).toBe(0);
    expect(windowedGrey(4095, standard)).toBeCloseTo(1, 10);
  });

  it("follows ((x - (c - 0.5)) / (w - 1) + 0.5) in between", () => {
    // (1000 - 2047.5) / 4095 + 0.5 = 0.244200…
    expect(windowedGrey(1000, standard)).toBeCloseTo(0.2442, 4);
  });

  it("is a threshold at width 1 (the standard's third example)", () => {
    const threshold = { center: 0, width: 1 };
    expect(windowedGrey(-1, threshold)).toBe(0);
    expect(windowedGrey(0, threshold)).toBe(1);
  });

  it("comes back from its range unchanged", () => {
    const window = { center: 30000.5, width: 12001 };
    expect(rangeToWindow(windowToRange(window))).toEqual(window);
  });

  it("spans every value when full", () => {
    expect(windowToRange(fullWindow(65535))).toEqual({
      lower: 0,
      upper: 65535,
    });
  });

  it("is kept defined: width at least 1, centre within the values", () => {
    expect(usableWindow({ center: 900, width: 0 }, 255)).toEqual({
      center: 255,
      width: 1,
    });
  });
});
