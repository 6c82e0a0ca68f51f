import { describe, expect, it } from "vitest";
import type { ModelManifestSummary } from "../models/model-manifest.ts";
import { makersOf } from "../models/training-record.ts";
import { cardRefusal, evergreenRefusal } from "./candidate.rules.ts";

const card = (metrics: ModelManifestSummary["metrics"]) =>
  cardRefusal({ id: "c", metrics } as ModelManifestSummary);
const figure = (low: number, high: number) => ({ value: 0.9, low, high });

describe("a candidate", () => {
  it("is judged with a card that has intervals", () => {
    expect(
      card({ test: { auroc: figure(0.85, 0.94), ece: figure(0.8, 0.95) } }),
    ).toBeNull();
  });

  it.each([
    ["no figures", {}],
    ["no ECE", { test: { auroc: figure(0.85, 0.94) } }],
    ["points", { test: { auroc: figure(0.9, 0.9), ece: figure(0.9, 0.9) } }],
    ["odd ones", { test: { auroc: figure(0.95, 0.99), ece: figure(0.8, 1) } }],
  ])("is refused with a card of %s", (_, metrics) => {
    expect(card(metrics)?.code).toBe("card-without-intervals");
  });

  const manifest = {
    training: {
      recalibration: { patients: ["P1", "P2"], by: ["a@x.example"] },
    },
  };

  it("is refused where it learnt from an evergreen patient", () => {
    expect(evergreenRefusal(manifest, new Set(["P2"]))?.code).toBe(
      "evergreen-film-in-training",
    );
    expect(evergreenRefusal(manifest, new Set(["P3"]))).toBeNull();
  });

  it("names who made it", () => {
    expect(makersOf(manifest)).toEqual(["a@x.example"]);
  });
});
