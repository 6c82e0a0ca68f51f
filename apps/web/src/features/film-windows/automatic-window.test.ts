import { describe, expect, it } from "vitest";
import { automaticWindow, openingWindow } from "./automatic-window.ts";
import { fullWindow } from "./window-level.ts";

const MAX = 4095;

/** Values 1000 to 1999, each as often, in a black border with a white marker. */
const flat = {
  maxValue: MAX,
  pixels: Uint16Array.from([
    ...Array.from({ length: 2000 }, () => 0),
    ...Array.from({ length: 100 }, () => MAX),
    ...Array.from({ length: 1000 }, (_, index) => 1000 + index),
  ]),
};

/** Every value that can be stored, each as often. */
const wide = {
  maxValue: MAX,
  pixels: Uint16Array.from({ length: MAX + 1 }, (_, index) => index),
};

describe("an automatic window", () => {
  it("lies between the percentiles of what the film holds, without its border", () => {
    // Of 1000 values the 10th and the 990th: 1009 and 1989.
    expect(automaticWindow(flat)).toEqual({ center: 1499.5, width: 981 });
  });

  it("shows every value where the film holds one or none", () => {
    const one = { maxValue: 255, pixels: Uint16Array.from([7, 7, 7]) };
    const none = { maxValue: 255, pixels: Uint16Array.from([0, 255]) };
    expect(automaticWindow(one)).toEqual(fullWindow(255));
    expect(automaticWindow(none)).toEqual(fullWindow(255));
  });
});

describe("the window that a film opens with", () => {
  it("is its own where somebody chose it", () => {
    const own = { center: 1500, width: 900 };
    expect(openingWindow(own, flat)).toBe(own);
  });

  it("is an automatic one where its own spans all and the film is flat in it", () => {
    expect(openingWindow(fullWindow(MAX), flat)).toEqual(automaticWindow(flat));
    // As some makers write it: wider than what can be stored.
    expect(openingWindow({ center: 2048, width: 5000 }, flat)).toEqual(
      automaticWindow(flat),
    );
  });

  it("is its own where the film fills it", () => {
    const own = fullWindow(MAX);
    expect(openingWindow(own, wide)).toBe(own);
  });
});
