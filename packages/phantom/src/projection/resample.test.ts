import { describe, expect, it } from "vitest";
import { blur, enlarge, shrink } from "./resample.ts";

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}

describe("blur", () => {
  it("spreads a point with the asked variance and loses nothing", () => {
    const size = 101;
    const point = new Float32Array(size * size);
    point[50 * size + 50] = 1;
    const spread = blur(point, size, size, 5);
    expect(sum(spread)).toBeCloseTo(1, 4);
    let variance = 0;
    for (let i = 0; i < spread.length; i++) {
      variance += (spread[i] ?? 0) * ((i % size) - 50) ** 2;
    }
    // Boxes of radius 4, 5, 5: (20 + 30 + 30)/3 = 26.7, the nearest there is.
    expect(variance).toBeCloseTo(80 / 3, 2);
  });

  it("leaves an even map as it is, up to the edges", () => {
    const even = new Float32Array(30 * 20).fill(0.7);
    for (const value of blur(even, 30, 20, 4))
      expect(value).toBeCloseTo(0.7, 5);
  });
});

describe("shrink and enlarge", () => {
  it("takes the mean of blocks", () => {
    const map = Float32Array.of(1, 3, 10, 10, 5, 7, 10, 10);
    const small = shrink(map, 4, 2, 2);
    expect([...small.map]).toEqual([4, 10]);
  });

  it("brings a slope back to itself away from the edges", () => {
    const slope = Float32Array.from({ length: 64 * 64 }, (_, i) => i % 64);
    const small = shrink(slope, 64, 64, 4);
    const large = enlarge(small.map, small.width, small.height, 64, 64, 4);
    for (let x = 4; x < 60; x++) {
      expect(large[32 * 64 + x]).toBeCloseTo(x, 4);
    }
  });
});
