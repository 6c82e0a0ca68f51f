import { describe, expect, it } from "vitest";

import { bootstrap } from "./bootstrap.ts";
import {
  beyondChance,
  brier,
  calibrationError,
  chanceOfCalibrationError,
  reliabilityBins,
} from "./calibration-error.ts";
import { proportion } from "./figure.ts";
import { auprc, auroc, rocCurve } from "./ranking.ts";
import { Region } from "./region.ts";
import { scoredSet } from "./scored-set.ts";
import { seededRandom } from "./seeded-random.ts";

// Every expected value is worked out by hand in the comment beside it.
const labelled = (pairs: readonly (readonly [number, 0 | 1])[]) =>
  scoredSet(
    pairs.map(([score]) => score),
    pairs.map(([, label]) => label === 1),
  );

describe("ranking", () => {
  const mixed = labelled([
    [0.1, 0],
    [0.4, 0],
    [0.35, 1],
    [0.8, 1],
  ]);

  it("gives the AUROC as won pairs", () => {
    // Pairs: 0.35 beats 0.1 but not 0.4; 0.8 beats both: 3 of 4.
    expect(auroc(mixed)).toBe(0.75);
  });

  it("counts ties half", () => {
    expect(
      auroc(
        labelled([
          [0.5, 0],
          [0.5, 1],
        ]),
      ),
    ).toBe(0.5);
  });

  it("gives average precision step by step", () => {
    // 0.8: precision 1, recall 1/2; 0.4: no gain; 0.35: precision 2/3, +1/2.
    expect(auprc(mixed)).toBeCloseTo(0.5 * 1 + 0.5 * (2 / 3), 12);
  });

  it("has no value where a class is missing", () => {
    expect(auroc(labelled([[0.5, 1]]))).toBeNull();
    expect(auprc(labelled([[0.5, 0]]))).toBeNull();
  });

  it("weighs entries in their original order", () => {
    // Without the 0.4 negative every pair is won.
    expect(auroc(mixed, Uint32Array.of(1, 0, 1, 1))).toBe(1);
  });

  it("draws the ROC curve from corner to corner", () => {
    const points = rocCurve(mixed).map((p) => [
      p.falsePositiveRate,
      p.sensitivity,
    ]);
    expect(points).toEqual([
      [0, 0],
      [0, 0.5],
      [0.5, 0.5],
      [0.5, 1],
      [1, 1],
    ]);
  });

  it("refuses a score that is no number", () => {
    expect(() => scoredSet([Number.NaN], [true])).toThrow(RangeError);
  });
});

describe("calibration", () => {
  it("averages the gap over bins of equal width", () => {
    // Bin 0.2–0.3: mean 0.25, observed 0.5, gap 0.25, 2 of 4 films.
    // Bin 0.9–1: mean 0.95, observed 1, gap 0.05, 2 of 4 films.
    const set = labelled([
      [0.2, 0],
      [0.3 - 1e-9, 1],
      [0.9, 1],
      [1, 1],
    ]);
    expect(calibrationError(set)).toBeCloseTo(0.5 * 0.25 + 0.5 * 0.05, 6);
    expect(reliabilityBins(set).map((bin) => bin.count)).toEqual([2, 2]);
  });

  it("knows what chance makes of few films that are calibrated", () => {
    const random = seededRandom(11);
    const draws = Array.from({ length: 200 }, () => {
      const p = Array.from({ length: 100 }, () => random());
      return scoredSet(
        p,
        p.map((each) => random() < each),
      );
    });
    const mean = (of: (set: (typeof draws)[number]) => number | null) =>
      draws.reduce((sum, set) => sum + (of(set) ?? 0), 0) / draws.length;
    const chance = mean(chanceOfCalibrationError);
    expect(chance).toBeGreaterThan(0.09);
    expect(Math.abs(mean(calibrationError) - chance)).toBeLessThan(0.005);
    // Two bins of one film each: √(2/π) · (√(0.05 · 0.95) + √(0.5 · 0.5)) / 2.
    const two = labelled([
      [0.05, 0],
      [0.5, 1],
    ]);
    expect(chanceOfCalibrationError(two)).toBeCloseTo(
      (Math.sqrt(2 / Math.PI) * (Math.sqrt(0.05 * 0.95) + 0.5)) / 2,
      12,
    );
    expect(chanceOfCalibrationError(labelled([]))).toBeNull();
    expect(beyondChance(0.05, 0.09)).toBe(0);
    expect(beyondChance(0.5, 0.3)).toBeCloseTo(0.4, 12);
  });

  it("gives the Brier score", () => {
    // (0.2² + 0.3²) / 2
    expect(
      brier(
        labelled([
          [0.2, 0],
          [0.7, 1],
        ]),
      ),
    ).toBeCloseTo(0.065, 12);
  });
});

describe("intervals", () => {
  it("gives Wilson's interval", () => {
    // 8 of 10, from Wilson's formula with z = 1.96: 0.490 to 0.943.
    const figure = proportion(8, 10);
    expect(figure?.value).toBe(0.8);
    expect(figure?.low).toBeCloseTo(0.4902, 3);
    expect(figure?.high).toBeCloseTo(0.9433, 3);
    expect(proportion(0, 0)).toBeNull();
    expect(proportion(5, 5)?.high).toBe(1);
  });

  const values = Array.from({ length: 200 }, (_, i) => i % 2);
  const mean = (weights: Uint32Array): number | null => {
    let total = 0;
    let sum = 0;
    for (const [i, weight] of weights.entries()) {
      total += weight;
      sum += weight * (values[i] ?? 0);
    }
    return total === 0 ? null : sum / total;
  };

  it("bootstraps close to the known error of a mean", () => {
    // Standard error √(0.25 / 200) = 0.0354; ± 1.96 of it is ± 0.069.
    const groups = values.map((_, i) => String(i));
    const figure = bootstrap(groups, mean);
    expect(figure?.value).toBe(0.5);
    expect((figure?.high ?? 0) - 0.5).toBeCloseTo(0.069, 1.5);
    expect(bootstrap(groups, mean)).toEqual(figure);
  });

  it("is wider where films belong to few patients", () => {
    const width = (groups: string[]): number => {
      const figure = bootstrap(groups, mean);
      return (figure?.high ?? 0) - (figure?.low ?? 0);
    };
    const each = values.map((_, i) => String(i));
    const tenOf = values.map(
      (_, i) => `${String(i % 2)}-${String(Math.trunc(i / 20))}`,
    );
    expect(width(tenOf)).toBeGreaterThan(2 * width(each));
  });
});

describe("regions", () => {
  const film = { width: 512, height: 256 };
  const left = Region.fromBoxes(
    [{ x: 0, y: 0, width: 256, height: 256 }],
    film,
  );
  const middle = Region.fromBoxes(
    [{ x: 128, y: 0, width: 256, height: 256 }],
    film,
  );

  it("know their share, what they contain and how they overlap", () => {
    expect(left.share).toBe(0.5);
    expect(left.contains(0.25, 0.9)).toBe(true);
    expect(left.contains(0.75, 0.9)).toBe(false);
    // Overlap a quarter of the film, union three quarters.
    expect(left.iou(middle)).toBeCloseTo(1 / 3, 12);
    expect(left.iobb(middle)).toBe(0.5);
  });

  it("count overlapping boxes once", () => {
    const twice = Region.fromBoxes(
      [
        { x: 0, y: 0, width: 256, height: 256 },
        { x: 128, y: 0, width: 128, height: 256 },
      ],
      film,
    );
    expect(twice.share).toBe(0.5);
  });

  it("come from masks of any size", () => {
    const mask = Region.fromMask({
      width: 2,
      height: 2,
      pixels: Uint16Array.of(255, 0, 0, 0),
      maxValue: 255,
    });
    expect(mask.share).toBe(0.25);
    expect(mask.contains(0.2, 0.2)).toBe(true);
    expect(mask.contains(0.2, 0.7)).toBe(false);
  });

  it("show every cell of the film once", () => {
    let inside = 0;
    let cells = 0;
    let misplaced = 0;
    left.eachCell((x, y, isInside) => {
      cells += 1;
      if (isInside) inside += 1;
      if (isInside !== x < 0.5 || y <= 0 || y >= 1) misplaced += 1;
    });
    expect([cells, inside, misplaced]).toEqual([65_536, 32_768, 0]);
  });

  it("have no overlap when both are empty", () => {
    const empty = Region.fromBoxes([], film);
    expect(empty.iou(empty)).toBe(0);
    expect(empty.iobb(left)).toBe(0);
  });
});

describe("seeded numbers", () => {
  it("repeat for a seed and differ for another", () => {
    const take = (seed: number) => {
      const random = seededRandom(seed);
      return [random(), random(), random()];
    };
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
    expect(take(3).every((v) => v >= 0 && v < 1)).toBe(true);
  });
});
