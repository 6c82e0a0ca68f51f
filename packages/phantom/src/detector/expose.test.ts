import { describe, expect, it } from "vitest";
import { randomStream } from "../random.ts";
import { addQuantumNoise, detectorSignal } from "./expose.ts";

const size = 128;
const plain = { scatter: 0, scatterReach: 4, dose: 1, blur: 0 };

/** A slab of 10 cm with 0.2 nepers a centimetre on the right half. */
function slab(): Float32Array {
  return Float32Array.from({ length: size * size }, (_, i) =>
    i % size < size / 2 ? 0 : 10 * 0.2,
  );
}

describe("detectorSignal", () => {
  it("follows Beer and Lambert behind a slab", () => {
    const signal = detectorSignal(slab(), size, size, 0.3, plain);
    expect(signal[10]).toBe(1);
    // exp(−10 cm × 0.2 /cm) = exp(−2) = 0.1353.
    expect(signal[64 * size + 100]).toBeCloseTo(0.1353, 4);
  });

  it("adds scatter, most of it relative to the direct beam where that is weak", () => {
    const attenuation = slab();
    const with30 = detectorSignal(attenuation, size, size, 0.3, {
      ...plain,
      scatter: 0.3,
    });
    const bare = detectorSignal(attenuation, size, size, 0.3, plain);
    const middle = 64 * size;
    const gained = (x: number): number =>
      (with30[middle + x] ?? 0) / (bare[middle + x] ?? 1);
    expect(gained(100)).toBeGreaterThan(1.2);
    expect(gained(20)).toBeGreaterThan(1);
    expect(gained(100)).toBeGreaterThan(gained(20));
  });
});

describe("addQuantumNoise", () => {
  it("has the deviation of counting: sqrt(signal / quanta)", () => {
    const signal = new Float32Array(size * size).fill(0.25);
    addQuantumNoise(signal, size, 1, randomStream(5, "noise"));
    let squares = 0;
    for (const value of signal) squares += (value - 0.25) ** 2;
    const deviation = Math.sqrt(squares / signal.length);
    // sqrt(0.25 / 45000) = 0.002357; neighbours share noise, hence a tenth.
    expect(Math.abs(deviation / 0.002357 - 1)).toBeLessThan(0.1);
  });

  it("is relatively stronger where fewer quanta arrive", () => {
    const relative = (level: number): number => {
      const signal = new Float32Array(size * size).fill(level);
      addQuantumNoise(signal, size, 1, randomStream(6, "noise"));
      let squares = 0;
      for (const value of signal) squares += (value / level - 1) ** 2;
      return Math.sqrt(squares / signal.length);
    };
    // Counting noise falls with the root: a hundredth of the light, ten times.
    expect(relative(0.01) / relative(1)).toBeCloseTo(10, 0);
  });
});
