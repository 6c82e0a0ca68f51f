import { describe, expect, it } from "vitest";

import { ageGroupOf, calibrate, scoreOf, sigmoid } from "./calibration.ts";

const rule = { adultFromYears: 16, childFrom: 0.8, adultTo: 0.2 };

describe("calibrate", () => {
  it("scales and shifts the logit before the logistic function", () => {
    const fit = {
      slope: 0.5,
      intercept: -1,
      covariance: [0, 0, 0] as [number, number, number],
      reach: 1.959964,
      films: 10,
      mapWeight: 0,
    };
    // 0.5 · 2 − 1 = 0, and the logistic function of 0 is one half.
    expect(calibrate(2, fit).probability).toBeCloseTo(0.5, 12);
    // 0.5 · 4 − 1 = 1: 1 / (1 + 1/e) = 0.731059.
    expect(calibrate(4, fit).probability).toBeCloseTo(0.731059, 6);
  });

  it("widens the interval with the fit's variance at that logit", () => {
    const fit = {
      slope: 1,
      intercept: 0,
      covariance: [0.01, 0.02, 0.04] as [number, number, number],
      reach: 1.959964,
      films: 10,
      mapWeight: 0,
    };
    // variance = 4·0.01 + 2·2·0.02 + 0.04 = 0.16, deviation 0.4,
    // half width 1.959964 · 0.4 = 0.7839856 around the logit 2.
    const { interval } = calibrate(2, fit);
    expect(interval.low).toBeCloseTo(sigmoid(2 - 0.7839856), 6);
    expect(interval.high).toBeCloseTo(sigmoid(2 + 0.7839856), 6);
  });

  it("stays within 0 and 1 for logits no exponential can hold", () => {
    expect(sigmoid(-2000)).toBe(0);
    expect(sigmoid(2000)).toBe(1);
  });
});

describe("scoreOf", () => {
  it("adds the strongest place of the map by the group's weight", () => {
    expect(scoreOf(0.5, -2, { mapWeight: 0.25 })).toBe(0);
    expect(scoreOf(0.5, -2, { mapWeight: 0 })).toBe(0.5);
  });
});

describe("ageGroupOf", () => {
  it("believes a known age over the look of the film", () => {
    expect(ageGroupOf({ ageYears: 40 }, 0.99, rule)).toEqual({
      key: "adult",
      shown: { name: "adult", from: "age" },
    });
    expect(ageGroupOf({ ageYears: 0.5 }, 0.01, rule).key).toBe("child");
  });

  it("takes the look of the film where the age is unknown and it is clear", () => {
    expect(ageGroupOf({}, 0.9, rule).shown).toEqual({
      name: "child",
      from: "film",
    });
    expect(ageGroupOf({}, 0.1, rule).key).toBe("adult");
  });

  it("falls to the neutral default where neither tells", () => {
    expect(ageGroupOf({}, 0.6, rule)).toEqual({
      key: "default",
      shown: { name: "child", from: "default" },
    });
  });

  it("does not believe an age that is no age", () => {
    expect(ageGroupOf({ ageYears: Number.NaN }, 0.1, rule).shown.from).toBe(
      "film",
    );
    expect(ageGroupOf({ ageYears: -1 }, 0.1, rule).shown.from).toBe("film");
  });
});
