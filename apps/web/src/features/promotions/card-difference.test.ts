import { expect, it } from "vitest";
import { cardDifference } from "./card-difference.ts";

const figure = (value: number) => ({
  value,
  low: value - 0.1,
  high: value + 0.1,
});
const live = {
  sha256: "a",
  inputSize: 192,
  parameters: 10,
  makers: [],
  trainingPatients: 0,
  thresholds: [
    { finding: "p", group: "child", operatingPoint: "triage", threshold: 0.2 },
    { finding: "p", group: "adult", operatingPoint: "triage", threshold: 0.3 },
  ],
  trainingData: [{ name: "first", licence: "x", films: 100 }],
  metrics: [
    { split: "test", name: "auroc", metric: figure(0.9) },
    { split: "old", name: "ece", metric: figure(0.2) },
  ],
};
const candidate = {
  ...live,
  makers: ["a@b.example"],
  thresholds: [
    { finding: "p", group: "child", operatingPoint: "triage", threshold: 0.4 },
    { finding: "p", group: "adult", operatingPoint: "triage", threshold: 0.3 },
  ],
  trainingData: [
    ...live.trainingData,
    { name: "site", licence: "x", films: 7 },
  ],
  metrics: [
    { split: "test", name: "auroc", metric: figure(0.9) },
    { split: "new", name: "ece", metric: figure(0.1) },
  ],
};

it("says nothing of two that are alike", () => {
  expect(cardDifference(live, live)).toEqual({
    facts: [],
    thresholds: [],
    data: [],
    figures: [],
  });
});

it("says what changed, what came and what went", () => {
  expect(cardDifference(live, { ...candidate, sha256: "b" })).toEqual({
    facts: [{ fact: "weights", live: "a", candidate: "b" }],
    thresholds: [
      {
        finding: "p",
        group: "child",
        operatingPoint: "triage",
        live: 0.2,
        candidate: 0.4,
      },
    ],
    data: [{ name: "site", live: null, candidate: 7 }],
    figures: [
      { split: "old", name: "ece", live: figure(0.2), candidate: null },
      { split: "new", name: "ece", live: null, candidate: figure(0.1) },
    ],
  });
});
