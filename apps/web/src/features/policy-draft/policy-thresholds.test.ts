import { describe, expect, it } from "vitest";
import {
  thresholdRows,
  withThreshold,
  type PolicyModel,
} from "./policy-thresholds.ts";

const model = (name: string, isLive: boolean): PolicyModel => ({
  id: name,
  name,
  fingerprint: `print-${name}`,
  isLive,
  thresholds: [
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
    {
      finding: "pneumonia",
      group: "default",
      operatingPoint: "balanced",
      threshold: 0.5,
    },
  ],
});

describe("the thresholds that a policy may set", () => {
  it("are those of the live model and of models that it names", () => {
    const models = [model("live", true), model("old", false)];
    expect(
      thresholdRows(models, []).map(({ modelName, ageGroup, own, set }) => [
        modelName,
        ageGroup,
        own,
        set,
      ]),
    ).toEqual([
      ["live", "adult", 0.4, null],
      ["live", "child", 0.5, null],
    ]);
    const named = [
      {
        model: "print-old",
        finding: "pneumonia",
        ageGroup: "child",
        threshold: 0.3,
      },
    ];
    expect(thresholdRows(models, named)).toHaveLength(4);
    expect(thresholdRows(models, named)[3]).toMatchObject({ set: 0.3 });
  });

  it("are set and given back to the model", () => {
    const [row] = thresholdRows([model("live", true)], []);
    if (row === undefined) throw new Error("no row");
    const set = withThreshold([], row, 0.6);
    expect(set).toEqual([
      {
        model: "print-live",
        finding: "pneumonia",
        ageGroup: "adult",
        threshold: 0.6,
      },
    ]);
    expect(withThreshold(set, row, 0.7)).toHaveLength(1);
    expect(withThreshold(set, row, null)).toEqual([]);
  });
});
