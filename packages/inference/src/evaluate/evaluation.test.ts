import { describe, expect, it } from "vitest";

import { evaluate } from "./evaluation.ts";
import type { ManifestRow } from "./manifest.ts";
import { highestPoint, type Outcome } from "./outcome.ts";
import { confusionPlot, reliabilityPlot, rocPlot } from "./plots.ts";
import { evaluationTable } from "./table.ts";

const ABOUT = {
  model: { id: "m", sha256: "0" },
  manifest: "m.csv",
  split: "val",
};

function row(part: Partial<ManifestRow>): ManifestRow {
  return {
    file: "x.png",
    path: "/x.png",
    split: "val",
    label: "normal",
    source: "a",
    ageYears: null,
    sex: null,
    patient: String(Math.random()),
    boxes: [],
    maskPath: null,
    ...part,
  };
}

function answer(
  part: Partial<ManifestRow>,
  probability: number,
  localisation: { pointed: boolean; chance: number; iou: number } | null = null,
): Outcome {
  return {
    row: row(part),
    status: "assessed",
    probability,
    threshold: 0.5,
    positive: probability >= 0.5,
    localisation,
    note: null,
  };
}

const refused = (part: Partial<ManifestRow>): Outcome => ({
  row: row(part),
  status: "refused",
  reason: "lateral",
  detail: "",
});

const OUTCOMES: Outcome[] = [
  answer({ label: "pneumonia", ageYears: 4, sex: "F" }, 0.9, {
    pointed: true,
    chance: 0.1,
    iou: 0.5,
  }),
  answer({ label: "pneumonia", ageYears: 40, source: "b" }, 0.3, {
    pointed: false,
    chance: 0.3,
    iou: 0.1,
  }),
  answer({ label: "normal", ageYears: 50, sex: "M", source: "b" }, 0.1),
  answer({ label: "normal" }, 0.6),
  answer({ label: "other" }, 0.99),
  refused({ label: "pneumonia" }),
  refused({ label: "other" }),
];

describe("evaluation", () => {
  const evaluation = evaluate(OUTCOMES, ABOUT);

  it("has exactly the fields of the design", () => {
    expect(Object.keys(evaluation)).toEqual([
      "model",
      "manifest",
      "split",
      "threshold",
      "overall",
      "bySource",
      "byAgeGroup",
      "bySex",
    ]);
    expect(Object.keys(evaluation.overall)).toEqual([
      "n",
      "positives",
      "refused",
      "accuracy",
      "sensitivity",
      "specificity",
      "auroc",
      "auprc",
      "ece",
      "brier",
      "pointing",
      "pointingChance",
      "iou",
    ]);
  });

  it("counts refused films apart and films labelled other not at all", () => {
    expect(evaluation.overall).toMatchObject({
      n: 5,
      positives: 3,
      refused: 1,
    });
  });

  it("judges by the product's own answers", () => {
    // Right: 0.9 of a sick, 0.1 of a healthy film; wrong: 0.3 and 0.6.
    expect(evaluation.overall.accuracy?.value).toBe(0.5);
    expect(evaluation.overall.sensitivity?.value).toBe(0.5);
    expect(evaluation.overall.specificity?.value).toBe(0.5);
    expect(evaluation.threshold).toBe(0.5);
    // Pairs: 0.9 beats both, 0.3 beats 0.1.
    expect(evaluation.overall.auroc?.value).toBe(0.75);
  });

  it("measures localisation where regions are known", () => {
    expect(evaluation.overall.pointing?.value).toBe(0.5);
    expect(evaluation.overall.pointingChance?.value).toBeCloseTo(0.2, 12);
    expect(evaluation.overall.iou?.value).toBeCloseTo(0.3, 12);
  });

  it("groups by source, age and sex", () => {
    expect(Object.keys(evaluation.bySource)).toEqual(["a", "b"]);
    expect(Object.keys(evaluation.byAgeGroup)).toEqual([
      "adult",
      "child",
      "unknown",
    ]);
    expect(Object.keys(evaluation.bySex)).toEqual(["F", "M", "unknown"]);
    expect(evaluation.byAgeGroup["child"]).toMatchObject({
      n: 1,
      auroc: null,
      specificity: null,
    });
  });

  it("gives null, not nothing, where nothing was assessed", () => {
    const { overall } = evaluate([refused({})], ABOUT);
    expect(overall).toMatchObject({
      n: 1,
      refused: 1,
      accuracy: null,
      ece: null,
    });
  });

  it("prints a line for every group", () => {
    const table = evaluationTable(evaluation);
    for (const name of ["all", "source b", "age child", "sex M"]) {
      expect(table).toContain(name);
    }
  });

  it("draws plots even of a single class", () => {
    for (const outcomes of [OUTCOMES, [answer({}, 0.2)], []]) {
      for (const plot of [rocPlot, reliabilityPlot, confusionPlot]) {
        const svg = plot(outcomes);
        expect(svg).toContain("</svg>");
        expect(svg).not.toContain("NaN");
      }
    }
  });
});

describe("the highest point of a map", () => {
  it("is the centre of its cell in the film", () => {
    const map = {
      finding: "pneumonia",
      width: 4,
      height: 2,
      values: Float32Array.of(0, 0, 0, 0, 0, 0, 0.9, 0),
      rect: { x: 100, y: 50, width: 400, height: 200 },
    };
    expect(highestPoint(map)).toEqual({ x: 100 + 250, y: 50 + 150 });
  });
});
