import { describe, expect, it } from "vitest";
import { Intervals } from "./intervals.ts";

describe("Intervals", () => {
  it("counts overlapping stretches once", () => {
    const union = new Intervals(8);
    union.add(0, 4);
    union.add(3, 6);
    union.add(10, 11);
    expect(union.coverage(-100, 100)).toBeCloseTo(7);
  });

  it("joins stretches that a later one bridges", () => {
    const union = new Intervals(8);
    union.add(0, 1);
    union.add(2, 3);
    union.add(0.5, 2.5);
    expect(union.coverage(-100, 100)).toBeCloseTo(3);
  });

  it("measures only inside the asked range", () => {
    const union = new Intervals(8);
    union.add(-5, 5);
    expect(union.coverage(0, 2)).toBeCloseTo(2);
    expect(union.coverage(4, 9)).toBeCloseTo(1);
    expect(union.coverage(6, 9)).toBe(0);
  });

  it("ignores empty stretches and forgets all when cleared", () => {
    const union = new Intervals(2);
    union.add(3, 3);
    union.add(5, 4);
    expect(union.coverage(-100, 100)).toBe(0);
    union.add(0, 1);
    union.clear();
    expect(union.coverage(-100, 100)).toBe(0);
  });

  it("refuses more separate stretches than it has room for", () => {
    const union = new Intervals(1);
    union.add(0, 1);
    expect(() => union.add(5, 6)).toThrow(RangeError);
  });
});
