import { describe, expect, it } from "vitest";
import {
  metricRows,
  parseModelManifest,
  thresholdRows,
} from "./model-manifest.ts";

const manifest = {
  format: 1,
  id: "iris-1",
  weights: {
    file: "weights.bin",
    sha256: "a".repeat(64),
    bytes: 3_000_000,
    parameters: 740_000,
  },
  input: { size: 192 },
  findings: [
    {
      code: "pneumonia",
      thresholds: {
        child: { balanced: 0.5, triage: 0.3 },
        adult: { balanced: 0.4, triage: 0.2 },
      },
    },
  ],
  data: [{ name: "A", licence: "CC BY 4.0", films: 10, use: "train" }],
  metrics: { val: { auroc: { value: 0.97, low: 0.96, high: 0.98 } } },
};

describe("parseModelManifest", () => {
  it("lists every operating point of every age group", () => {
    expect(thresholdRows(parseModelManifest(manifest))).toEqual([
      {
        finding: "pneumonia",
        group: "child",
        operatingPoint: "balanced",
        threshold: 0.5,
      },
      {
        finding: "pneumonia",
        group: "child",
        operatingPoint: "triage",
        threshold: 0.3,
      },
      {
        finding: "pneumonia",
        group: "adult",
        operatingPoint: "balanced",
        threshold: 0.4,
      },
      {
        finding: "pneumonia",
        group: "adult",
        operatingPoint: "triage",
        threshold: 0.2,
      },
    ]);
  });

  it("lists every figure with its interval", () => {
    expect(metricRows(parseModelManifest(manifest))).toEqual([
      {
        split: "val",
        name: "auroc",
        metric: { value: 0.97, low: 0.96, high: 0.98 },
      },
    ]);
  });

  it("refuses a manifest whose weights have no hash", () => {
    const weights = { ...manifest.weights, sha256: "none" };
    expect(() => parseModelManifest({ ...manifest, weights })).toThrow();
  });
});
