import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";

import { openEngine } from "../../src/backend.ts";
import { chanceOf } from "../../src/explain/box-chance.ts";
import { Random } from "../data/random.ts";
import { blendWeights } from "../net/blend-weights.ts";
import { froc, meanPrecision, type FoundFilm } from "./box-figures.ts";
import { heldOutFigures } from "./held-out.ts";
import { solve } from "./linear-algebra.ts";
import type { FilmScores } from "./operating-points.ts";
import { conformalReach, coverageOf } from "./reach.ts";

const FIT = {
  ...{ slope: 1, intercept: 0, films: 10, mapWeight: 0, reach: 1 },
  covariance: [0, 0, 0.25] as [number, number, number],
};

describe("the interval's reach", () => {
  it("is the quantile of how far looks lie from their films", () => {
    // 99 looks 0.01, 0.02, … 0.99 away; deviations of one half: the 95th of
    // them, ⌈100 · 0.95⌉, lies 0.95 / 0.5 = 1.9 deviations away.
    const plain = Array.from({ length: 99 }, () => 0);
    const look = plain.map((_, at) => (at + 1) / 100);
    const films = [{ plain, others: [look] }];
    expect(conformalReach(films, FIT)).toBeCloseTo(1.9, 9);
    expect(coverageOf(films, { ...FIT, reach: 1.9 + 1e-9 })).toBeCloseTo(
      95 / 99,
      9,
    );
  });

  it("is none without another look", () => {
    expect(conformalReach([{ plain: [1, 2], others: [] }], FIT)).toBeNull();
  });
});

describe("figures of films held out", () => {
  it("tell an overfitted look from one that was seen", () => {
    const random = new Random(4);
    const positive = Array.from({ length: 200 }, (_, at) => at % 2 === 0);
    const of = (name: string, moved: number): FilmScores => ({
      name,
      logits: positive.map((p) => random.normal() + (p ? 2 : -2) + moved),
      strongest: positive.map(() => 0),
      positive,
      patients: positive.map((_, at) => String(at)),
    });
    const figures = heldOutFigures(
      [of("children", 0), of("children-shifted", 0), of("children-devices", 4)],
      0.9,
    );
    // All normal films of the moved look pass the cut of the other two.
    const left = figures["children-devices-left-out"];
    expect(left?.["specificity"]?.value).toBeLessThan(0.2);
    expect(figures["children-held-out"]?.["accuracy"]?.value).toBeGreaterThan(
      0.8,
    );
    expect(
      figures["children-held-out"]?.["intervalCoverage"]?.value,
    ).toBeGreaterThan(0.9);
    expect(left?.["intervalCoverage"]?.value).toBeLessThan(0.85);
  });
});

describe("boxes", () => {
  const box = (x: number, chance: number) => ({
    ...{ x, y: 0, width: 0.2, height: 0.2, chance, isRight: false },
    features: [0, 0, 0] as const,
  });
  const film: FoundFilm = {
    patient: "p",
    marked: [{ x: 0, y: 0, width: 0.2, height: 0.2 }],
    found: [box(0, 0.9), box(0.6, 0.2)],
  };

  it("find a region at so many wrong ones a film", () => {
    expect(froc([film])["froc1"]?.value).toBe(1);
    const worse = { ...film, found: [box(0, 0.1), box(0.6, 0.8)] };
    expect(froc([worse])["froc0.5"]?.value).toBe(0);
  });

  it("are half right where one of two meets the mark at every overlap", () => {
    expect(meanPrecision([film]).value).toBe(0.5);
  });

  it("are likelier right the brighter the map in them", () => {
    const rule = { intercept: 0, score: 1, area: 0, film: 0 };
    const facts = { area: 0.1, probability: 0.5 };
    // The logit of 0.8 is ln 4, and the logistic function brings 0.8 back.
    expect(chanceOf({ ...facts, score: 0.8 }, rule)).toBeCloseTo(0.8, 9);
  });
});

describe("solve", () => {
  it("solves a system that needs a pivot", () => {
    const [x, y] = solve(
      [
        [0, 2],
        [1, 1],
      ],
      [4, 5],
    );
    expect([x, y]).toEqual([3, 2]);
  });
});

describe("weights between two nets", () => {
  beforeAll(async () => {
    await openEngine("wasm");
  });

  it("lie where the share says; what is new is taken as it is", () => {
    const before = new Map([["a", tf.tensor1d([0, 2])]]);
    const after = new Map([
      ["a", tf.tensor1d([4, 2])],
      ["b", tf.tensor1d([7])],
    ]);
    const between = blendWeights(before, after, 0.25);
    expect(Array.from(between.get("a")?.dataSync() ?? [])).toEqual([1, 2]);
    expect(Array.from(between.get("b")?.dataSync() ?? [])).toEqual([7]);
  });
});
