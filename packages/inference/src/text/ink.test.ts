import { describe, expect, it } from "vitest";

import { seededRandom } from "../metrics/seeded-random.ts";
import { inkOf } from "./ink.ts";

/** What stands out, by the definition: the square around each pixel anew. */
function byDefinition(
  pixels: Uint8Array,
  width: number,
  height: number,
  radius: number,
): { bright: number[]; dark: number[] } {
  const [bright, dark]: [number[], number[]] = [[], []];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const around: number[] = [];
      for (let j = y - radius; j <= y + radius; j += 1) {
        for (let i = x - radius; i <= x + radius; i += 1) {
          if (i < 0 || j < 0 || i >= width || j >= height) continue;
          around.push(pixels[j * width + i] ?? 0);
        }
      }
      const mean = around.reduce((a, b) => a + b, 0) / around.length;
      const squares = around.reduce((a, b) => a + b * b, 0) / around.length;
      const deviation = Math.sqrt(squares - mean * mean);
      const off = (pixels[y * width + x] ?? 0) - mean;
      const isInk = Math.abs(off) > 12 && Math.abs(off) > deviation / 2;
      bright.push(isInk && off > 0 ? 1 : 0);
      dark.push(isInk && off < 0 ? 1 : 0);
    }
  }
  return { bright, dark };
}

describe("ink", () => {
  it("stands out of the square around it, at the borders too", () => {
    const random = seededRandom(5);
    for (const [width, height, radius] of [
      [23, 17, 3],
      [9, 30, 12],
      [16, 16, 1],
    ] as const) {
      const pixels = Uint8Array.from({ length: width * height }, () =>
        Math.trunc(256 * random()),
      );
      const { bright, dark } = inkOf({ width, height, pixels }, radius);
      const expected = byDefinition(pixels, width, height, radius);
      expect(Array.from(bright)).toEqual(expected.bright);
      expect(Array.from(dark)).toEqual(expected.dark);
      expect(expected.bright).toContain(1);
      expect(expected.dark).toContain(1);
    }
  });

  it("is nowhere in a flat picture or a soft slope", () => {
    const [width, height] = [40, 40];
    const flat = new Uint8Array(width * height).fill(90);
    const slope = flat.map((_, at) => 3 * (at % width));
    for (const pixels of [flat, slope]) {
      const { bright, dark } = inkOf({ width, height, pixels }, 4);
      expect([...bright, ...dark].some((mark) => mark !== 0)).toBe(false);
    }
  });

  it("keeps its sums whole on the brightest picture at the largest radius", () => {
    const [width, height] = [200, 200];
    const pixels = new Uint8Array(width * height).fill(255);
    pixels[100 * width + 100] = 0;
    const { bright, dark } = inkOf({ width, height, pixels }, 90);
    expect(bright.includes(1)).toBe(false);
    expect(dark.indexOf(1)).toBe(100 * width + 100);
  });
});
