import { describe, expect, it } from "vitest";
import { designEffectOf, proportion } from "./figure.ts";
import { harmOf, operatingPoints } from "./operating-points.ts";

/** Below 0.3: 1 with, 6 without; 0.3 to 0.6: 2 and 3; from 0.6: 7 and 1. */
const BINS = [
  { positives: 1, negatives: 6 },
  { positives: 2, negatives: 3 },
  { positives: 7, negatives: 1 },
];

describe("operating points", () => {
  it("count what each threshold calls, and missed cases by their weight", () => {
    const points = operatingPoints([0.3, 0.6], BINS, { harmWeight: 5 });
    expect(points).toMatchObject([
      {
        threshold: 0.3,
        truePositives: 9,
        falsePositives: 4,
        trueNegatives: 6,
        falseNegatives: 1,
        sensitivity: { value: 0.9 },
        specificity: { value: 0.6 },
        ppv: { value: 9 / 13 },
        npv: { value: 6 / 7 },
        // (5 · 1 + 4) of 20 cases.
        harm: 45,
      },
      // (5 · 3 + 1) of 20 cases.
      { threshold: 0.6, sensitivity: { value: 0.7 }, harm: 80 },
    ]);
  });

  it("orders thresholds as the net benefit does", () => {
    const weight = 4;
    const netBenefit = (point: {
      truePositives: number;
      falsePositives: number;
    }) => (point.truePositives - point.falsePositives / weight) / 20;
    for (const point of operatingPoints([0.3, 0.6], BINS, {
      harmWeight: weight,
    }))
      expect(100 * netBenefit(point)).toBeCloseTo(
        (100 * 10) / 20 - (point.harm ?? NaN) / weight,
      );
  });

  it("has no figure where nothing is counted", () => {
    const empty = { positives: 0, negatives: 0 };
    const [point] = operatingPoints([0.5], [empty, empty], { harmWeight: 1 });
    expect(point).toMatchObject({
      sensitivity: null,
      specificity: null,
      ppv: null,
      npv: null,
      harm: null,
    });
    expect(
      harmOf({ falseNegatives: 0, falsePositives: 0, cases: 0 }, 1),
    ).toBeNull();
  });

  it("refuses bins that are not one more than the thresholds", () => {
    expect(() => operatingPoints([0.5], [], { harmWeight: 1 })).toThrow(
      RangeError,
    );
  });
});

describe("patients who come more than once", () => {
  it("cost nothing where none does, and everything where each film is doubled", () => {
    expect(designEffectOf(10, 10)).toBe(1);
    // Five patients with two cases each: worth five.
    expect(designEffectOf(10, 5 * 4)).toBe(2);
    expect(designEffectOf(0, 0)).toBe(1);
  });

  it("widen the interval to that of the patients, around the same share", () => {
    const of = proportion(16, 20, 2);
    const patients = proportion(8, 10);
    expect(of).toEqual(patients);
  });
});
