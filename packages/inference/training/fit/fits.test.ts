import { describe, expect, it } from "vitest";

import { coverage, IDENTITY_WARP, warp } from "../data/augment-geometry.ts";
import { compressBlocks } from "../data/augment-grey.ts";
import { fitPlatt } from "./fit-platt.ts";
import { rateFactor } from "../net/fine-tune.ts";
import { turn } from "./gate-films.ts";
import { parseCsv } from "../../src/evaluate/csv.ts";
import { fitGroup } from "./operating-points.ts";
import { rankAuc } from "./scores.ts";
import { Random } from "../data/random.ts";

describe("fitPlatt", () => {
  it("finds the scale and shift that made the labels", () => {
    const random = new Random(5);
    const films = Array.from({ length: 20000 }, () => {
      const logit = random.range(-6, 6);
      const p = 1 / (1 + Math.exp(-(0.6 * logit - 0.8)));
      return { logit, isPositive: random.chance(p), weight: 1 };
    });
    const fit = fitPlatt(films, films.length, 0);
    // Four standard errors of the fit itself.
    const [ss, , ii] = fit.covariance;
    expect(Math.abs(fit.slope - 0.6)).toBeLessThan(4 * Math.sqrt(ss));
    expect(Math.abs(fit.intercept + 0.8)).toBeLessThan(4 * Math.sqrt(ii));
  });

  it("finds them as well when scores are large and far from zero", () => {
    const random = new Random(6);
    const films = Array.from({ length: 5000 }, () => {
      const logit = random.range(-80, 40);
      const p = 1 / (1 + Math.exp(-(0.1 * logit + 2)));
      return { logit, isPositive: random.chance(p), weight: 1 };
    });
    const fit = fitPlatt(films, films.length, 8);
    expect(Math.abs(fit.slope - 0.1)).toBeLessThan(
      4 * Math.sqrt(fit.covariance[0]),
    );
    expect(Math.abs(fit.intercept - 2)).toBeLessThan(
      4 * Math.sqrt(fit.covariance[2]),
    );
    expect(fit.mapWeight).toBe(8);
  });

  it("stays finite where the classes do not overlap", () => {
    const films = [-3, -2, 2, 3].map((logit) => ({
      logit,
      isPositive: logit > 0,
      weight: 1,
    }));
    const fit = fitPlatt(films, 4, 0);
    expect(Number.isFinite(fit.slope)).toBe(true);
    expect(fit.slope).toBeGreaterThan(0);
  });
});

describe("fitGroup", () => {
  it("puts the triage cut at or below the balanced one", () => {
    const random = new Random(9);
    const positive = Array.from({ length: 400 }, (_, at) => at % 2 === 0);
    const logits = positive.map(
      (isPositive) => random.normal() + (isPositive ? 1.5 : -1.5),
    );
    const strongest = logits.map(() => 0);
    const patients = logits.map((_, at) => String(at));
    const fit = fitGroup(
      [{ name: "a", logits, strongest, positive, patients }],
      0.9,
    );
    expect(fit.thresholds.triage).toBeLessThanOrEqual(fit.thresholds.balanced);
  });
});

describe("figures", () => {
  it("counts ties as half in the area under the curve", () => {
    // Pairs (positive, negative): 2>1, 2=2, 3>1, 3>2 → 3.5 of 4.
    expect(rankAuc([2, 3, 1, 2], [true, true, false, false])).toBe(0.875);
  });
});

describe("augmentation", () => {
  it("leaves a film as it is without a change", () => {
    const source = Uint8Array.from({ length: 64 }, (_, at) => at * 4);
    const same = warp(source, 8, 8, IDENTITY_WARP);
    for (const [at, value] of same.entries()) {
      expect(value * 255).toBeCloseTo(at * 4, 4);
    }
  });

  it("moves boxes with the film when it is flipped", () => {
    const left = [{ x: 0, y: 0, width: 0.5, height: 1 }];
    expect(Array.from(coverage(left, IDENTITY_WARP, 2))).toEqual([1, 0, 1, 0]);
    const flipped = { ...IDENTITY_WARP, isFlipped: true };
    expect(Array.from(coverage(left, flipped, 2))).toEqual([0, 1, 0, 1]);
  });

  it("turns clockwise: what was at the upper left is at the upper right", () => {
    const grey = Float32Array.of(1, 2, 3, 4);
    expect(Array.from(turn(grey, 2, 1))).toEqual([3, 1, 4, 2]);
    expect(Array.from(turn(grey, 2, 2))).toEqual([4, 3, 2, 1]);
    expect(Array.from(turn(grey, 2, 3))).toEqual([2, 4, 1, 3]);
  });

  it("loses at most half a step when blocks are coded very finely", () => {
    const grey = Float32Array.from({ length: 64 }, (_, at) => (at % 9) / 9);
    const coded = Float32Array.from(grey);
    compressBlocks(coded, 8, 1e-4);
    const worst = coded.reduce(
      (most, v, at) => Math.max(most, Math.abs(v - (grey[at] ?? 0))),
      0,
    );
    expect(worst).toBeLessThan(0.01);
  });
});

describe("the run", () => {
  it("warms up, then falls to a fiftieth of the rate", () => {
    const config = { warmup: 10, steps: 110 };
    expect(rateFactor(5, config)).toBe(0.5);
    // Half way down the cosine: 0.02 + 0.49 = 0.51.
    expect(rateFactor(60, config)).toBeCloseTo(0.51, 9);
    expect(rateFactor(110, config)).toBeCloseTo(0.02, 9);
  });

  it("reads quoted fields with commas and quotes in them", () => {
    expect(parseCsv('a,b\n"x, ""y""",2\n')).toEqual([{ a: 'x, "y"', b: "2" }]);
  });
});
