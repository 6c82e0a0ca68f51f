import { describe, expect, it } from "vitest";

import type { Film } from "../types.ts";
import {
  applyWindow,
  contentRect,
  normalisePercentiles,
  prepareFilm,
} from "./preprocess.ts";

function film(
  width: number,
  height: number,
  valueAt: (x: number, y: number) => number,
): Film {
  return {
    width,
    height,
    pixels: Uint16Array.from({ length: width * height }, (_, at) =>
      valueAt(at % width, Math.floor(at / width)),
    ),
    maxValue: 255,
    bitsStored: 8,
    format: "png",
    window: { center: 127.5, width: 255 },
    warnings: [],
  };
}

describe("contentRect", () => {
  it("takes flat margins off and leaves the rest", () => {
    const framed = film(40, 30, (x, y) =>
      x < 4 || x >= 38 || y < 3 || y >= 29 ? 0 : 60 + ((x * 7 + y * 5) % 90),
    );
    expect(contentRect(framed)).toEqual({ x: 4, y: 3, width: 34, height: 26 });
  });

  it("leaves a film alone that is flat from side to side", () => {
    expect(contentRect(film(20, 20, () => 9))).toEqual({
      x: 0,
      y: 0,
      width: 20,
      height: 20,
    });
  });
});

describe("grey levels", () => {
  it("cuts off what the window does not show", () => {
    const grid = Float32Array.of(0, 50, 100, 150, 300);
    applyWindow(grid, { center: 100, width: 100 });
    expect(Array.from(grid)).toEqual([0, 0, 0.5, 1, 1]);
  });

  it("gives a film and its darker, flatter copy nearly the same levels", () => {
    const plain = Float32Array.from({ length: 1000 }, (_, at) => at / 1000);
    const compressed = plain.map((v) => 0.15 + 0.5 * v);
    normalisePercentiles(plain, 1, 99);
    normalisePercentiles(compressed, 1, 99);
    const gap = plain.reduce(
      (worst, v, at) => Math.max(worst, Math.abs(v - (compressed[at] ?? 0))),
      0,
    );
    expect(gap).toBeLessThan(0.005);
  });

  it("leaves a flat film at zero instead of dividing by nothing", () => {
    const flat = new Float32Array(100).fill(0.4);
    normalisePercentiles(flat, 1, 99);
    expect(flat.every((v) => v === 0)).toBe(true);
  });

  it("refuses a film without pixels", () => {
    const hollow = { ...film(4, 4, () => 1), pixels: new Uint16Array(0) };
    expect(() =>
      prepareFilm(hollow, { size: 64, lowPercentile: 1, highPercentile: 99 }),
    ).toThrow(expect.objectContaining({ code: "no-pixels" }));
  });
});
