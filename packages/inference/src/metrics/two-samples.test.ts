import { describe, expect, it } from "vitest";
import { kolmogorovSmirnov, populationStability } from "./two-samples.ts";

describe("population stability", () => {
  it("is 0 for the same shares, whatever the sizes", () => {
    expect(populationStability([10, 20, 70], [1, 2, 7])).toBeCloseTo(0, 12);
  });

  it("is what its formula says", () => {
    // (0.4 − 0.5) ln(0.4 / 0.5) + (0.6 − 0.5) ln(0.6 / 0.5)
    // = 0.022314 + 0.018232
    expect(populationStability([5, 5], [4, 6])).toBeCloseTo(0.040546, 5);
  });

  it("has a value where a bin is empty, and none where a sample is", () => {
    // (1 − 0.5) ln 2 + (0.0001 − 0.5) ln(0.0001 / 0.5)
    expect(populationStability([5, 5], [10, 0])).toBeCloseTo(4.60435, 4);
    expect(populationStability([0, 0], [1, 0])).toBeNull();
    expect(populationStability([1, 0], [])).toBeNull();
  });
});

describe("Kolmogorov–Smirnov", () => {
  it("is the largest gap of the cumulative shares", () => {
    const test = kolmogorovSmirnov([50, 50, 0], [0, 50, 50]);
    expect(test?.gap).toBeCloseTo(0.5, 12);
    expect(test?.p).toBeLessThan(1e-6);
  });

  it("knows the published 5 % point of the limit, 1.3581", () => {
    // Sizes so large that the correction for small ones vanishes.
    const n = 2_000_000;
    const gap = 1.3581 / Math.sqrt(n / 2);
    const moved = Math.round(gap * n);
    const test = kolmogorovSmirnov(
      [n / 2, n / 2],
      [n / 2 - moved, n / 2 + moved],
    );
    expect(test?.p).toBeCloseTo(0.05, 3);
  });

  it("says nothing of equal samples or of none", () => {
    expect(kolmogorovSmirnov([3, 3], [3, 3])).toEqual({ gap: 0, p: 1 });
    expect(kolmogorovSmirnov([], [1])).toBeNull();
  });
});
