import { describe, expect, it } from "vitest";
import { randomStream, visitStream } from "./random.ts";

describe("randomStream", () => {
  it("repeats itself for the same seed and purpose", () => {
    const a = randomStream(7, "ribs");
    const b = randomStream(7, "ribs");
    for (let i = 0; i < 100; i++) expect(a.next()).toBe(b.next());
  });

  it("gives purposes and seeds streams of their own", () => {
    const first = randomStream(7, "ribs").next();
    expect(randomStream(7, "heart").next()).not.toBe(first);
    expect(randomStream(8, "ribs").next()).not.toBe(first);
  });

  it("is uniform: mean 1/2 and variance 1/12", () => {
    const random = randomStream(1, "uniform");
    let sum = 0;
    let squares = 0;
    let outside = 0;
    const count = 50_000;
    for (let i = 0; i < count; i++) {
      const value = random.next();
      outside += value >= 0 && value < 1 ? 0 : 1;
      sum += value;
      squares += value * value;
    }
    expect(outside).toBe(0);
    const mean = sum / count;
    // Standard error of the mean: sqrt(1/12/50000) = 0.0013.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.006);
    expect(Math.abs(squares / count - mean * mean - 1 / 12)).toBeLessThan(
      0.002,
    );
  });

  it("draws normal numbers with mean 0 and deviation 1 within three", () => {
    const random = randomStream(2, "normal");
    let sum = 0;
    let squares = 0;
    let largest = 0;
    const count = 20_000;
    for (let i = 0; i < count; i++) {
      const value = random.normal();
      largest = Math.max(largest, Math.abs(value));
      sum += value;
      squares += value * value;
    }
    expect(largest).toBeLessThanOrEqual(3);
    // Standard error of the mean: 1/sqrt(20000) = 0.007.
    expect(Math.abs(sum / count)).toBeLessThan(0.03);
    expect(Math.abs(squares / count - 1)).toBeLessThan(0.05);
  });

  it("keeps whole numbers below the count", () => {
    const random = randomStream(3, "below");
    const seen = new Set<number>();
    for (let i = 0; i < 500; i++) seen.add(random.below(5));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("visitStream", () => {
  it("is the plain stream at the first visit and another one later", () => {
    const plain = randomStream(9, "frame").next();
    expect(visitStream({ seed: 9 }, "frame").next()).toBe(plain);
    expect(visitStream({ seed: 9, visit: 1 }, "frame").next()).not.toBe(plain);
  });
});
