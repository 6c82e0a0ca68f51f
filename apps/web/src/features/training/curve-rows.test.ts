import { describe, expect, it } from "vitest";
import { curveRows, curvesOf, phasesOf } from "./curve-rows.ts";

const point = (phase: string, step: number, auroc: number | null) => ({
  __typename: "TrainingPoint" as const,
  phase,
  step,
  loss: 1 / step,
  heldOutLoss: null,
  auroc,
  drift: null,
});

describe("curves of a run", () => {
  const points = [
    point("fold-2", 20, 0.8),
    point("fold-1", 10, 0.7),
    point("fold-1", 20, 0.75),
    point("all", 20, null),
  ];

  it("puts the phases of a step into one row, by step", () => {
    expect(curveRows(points, "auroc")).toEqual([
      { step: 10, "fold-1": 0.7 },
      { step: 20, "fold-1": 0.75, "fold-2": 0.8 },
    ]);
  });

  it("draws nothing that was not measured", () => {
    expect(curvesOf(points)).toEqual(["auroc", "loss"]);
    expect(phasesOf(curveRows(points, "auroc"))).toEqual(["fold-1", "fold-2"]);
    expect(phasesOf(curveRows(points, "loss"))).toContain("all");
    expect(curveRows([], "loss")).toEqual([]);
  });
});
