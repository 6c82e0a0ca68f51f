import { describe, expect, it } from "vitest";

import { resample, type Rect } from "./resample.ts";

/** The triangle filter by its definition, one output pixel at a time. */
function byDefinition(
  pixels: Uint16Array,
  width: number,
  rect: Rect,
  size: number,
): number[] {
  const weight = (at: number, out: number, length: number): number => {
    const scale = length / size;
    const distance = Math.abs(at + 0.5 - (out + 0.5) * scale);
    return Math.max(0, 1 - distance / Math.max(1, scale));
  };
  return Array.from({ length: size * size }, (_, cell) => {
    const [outX, outY] = [cell % size, Math.trunc(cell / size)];
    let [sum, total] = [0, 0];
    for (let y = 0; y < rect.height; y += 1) {
      for (let x = 0; x < rect.width; x += 1) {
        const share =
          weight(x, outX, rect.width) * weight(y, outY, rect.height);
        const at = (rect.y + y) * width + rect.x + x;
        sum += share * (pixels[at] ?? 0);
        total += share;
      }
    }
    return sum / total;
  });
}

describe("resample", () => {
  it("keeps the mean when it shrinks", () => {
    const pixels = Uint16Array.from({ length: 4096 }, (_, at) => (at % 64) * 4);
    const whole = { x: 0, y: 0, width: 64, height: 64 };
    const small = resample({ pixels, width: 64 }, whole, 8);
    const mean = small.reduce((a, b) => a + b, 0) / small.length;
    // A ramp 0, 4, …, 252 has the mean 126.
    expect(mean).toBeCloseTo(126, 1);
  });

  it("leaves a film of the same size as it is", () => {
    const pixels = Uint16Array.from({ length: 64 }, (_, at) => at * 3);
    const whole = { x: 0, y: 0, width: 8, height: 8 };
    const same = resample({ pixels, width: 8 }, whole, 8);
    expect(Array.from(same)).toEqual(Array.from(pixels));
  });

  // Heights around a multiple of the rows that are filtered side by side, and
  // rectangles that the grid enlarges on one side or both.
  it.each([
    { x: 0, y: 0, width: 40, height: 37 },
    { x: 3, y: 2, width: 31, height: 38 },
    { x: 1, y: 5, width: 33, height: 35 },
    { x: 9, y: 0, width: 29, height: 40 },
    { x: 5, y: 7, width: 5, height: 30 },
    { x: 30, y: 36, width: 9, height: 3 },
    { x: 39, y: 39, width: 1, height: 1 },
  ])("is the triangle filter on $width × $height pixels", (rect) => {
    const width = 40;
    const pixels = Uint16Array.from(
      { length: width * 40 },
      (_, at) => (at * 7919) % 4096,
    );
    const expected = byDefinition(pixels, width, rect, 12);
    const actual = resample({ pixels, width }, rect, 12);
    for (const [cell, value] of actual.entries()) {
      expect(value).toBeCloseTo(expected[cell] ?? Number.NaN, 1);
    }
  });
});
