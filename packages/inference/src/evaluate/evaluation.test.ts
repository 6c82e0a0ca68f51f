import { describe, expect, it } from "vitest";

import { countCell, emptySaliencyCounts } from "../metrics/saliency.ts";
import { evaluate } from "./evaluation.ts";
import { highestPoint, type Localisation } from "./localisation.ts";
import type { ManifestRow } from "./manifest.ts";
import type { Outcome } from "./outcome.ts";
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
    more: {
      mayTrain: true,
      sublabel: "",
      labelSource: "",
      view: "",
      licence: "",
      findings: [],
      doubtful: [],
      width: null,
      height: null,
    },
    ...part,
  };
}

function answer(
  part: Partial<ManifestRow>,
  probability: number,
  localisation: Localisation | null = null,
): Outcome {
  return {
    row: row(part),
    status: "assessed",
    score: 0,
    calibratedAs: "adult",
    probability,
    threshold: 0.5,
    positive: probability >= 0.5,
    localisation,
    note: null,
  };
}

/** A map of two cells a film: high where it is right, low elsewhere. */
function located(
  part: Omit<Localisation, "saliency">,
  valueInside: number,
): Localisation {
  const saliency = emptySaliencyCounts();
  countCell(saliency, valueInside, true);
  countCell(saliency, 0.5, false);
  return { ...part, saliency };
}

const refused = (part: Partial<ManifestRow>): Outcome => ({
  row: row(part),
  status: "refused",
  reason: "lateral",
  detail: "",
});

const OUTCOMES: Outcome[] = [
  answer(
    { label: "pneumonia", ageYears: 4, sex: "F" },
    0.9,
    located(
      { drawn: "boxes", pointed: true, chance: 0.1, iou: 0.5, iobb: 0.3 },
      0.9,
    ),
  ),
  answer(
    { label: "pneumonia", ageYears: 40, source: "b" },
    0.3,
    located(
      { drawn: "masks", pointed: false, chance: 0.3, iou: 0.1, iobb: 0 },
      0.1,
    ),
  ),
  answer({ label: "normal", ageYears: 50, sex: "M", source: "b" }, 0.1),
  answer({ label: "normal" }, 0.6),
  answer({ label: "other" }, 0.99),
  refused({ label: "pneumonia" }),
  refused({ label: "other" }),
];

describe("evaluation", () => {
  const evaluation = evaluate(OUTCOMES, ABOUT);

  it("has the fields of the design, and localisation apart", () => {
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
      "localisation",
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

  it("measures boxes and masks apart", () => {
    const { boxes, masks } = evaluation.overall.localisation;
    expect(boxes).toMatchObject({
      films: 1,
      pointing: { value: 1 },
      iobb10: { value: 1 },
      iobb25: { value: 1 },
      iobb50: { value: 0 },
      // The drawn cell comes first: precision 1 at recall 1.
      saliencyAuprc: { value: 1 },
    });
    expect(masks).toMatchObject({
      films: 1,
      pointing: { value: 0 },
      iobb10: { value: 0 },
      // The drawn cell comes second of two.
      saliencyAuprc: { value: 0.5 },
    });
    expect(evaluation.bySource["b"]?.localisation.boxes).toBeNull();
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
    for (const name of [
      "all",
      "source b",
      "age child",
      "sex M",
      "all with masks (1 films)",
    ]) {
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
