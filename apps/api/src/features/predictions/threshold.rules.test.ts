import { describe, expect, it } from "vitest";
import { isPositive, thresholdFor } from "./threshold.rules.ts";

const model = { fingerprint: "f1", ownThreshold: 0.62 };
const child = { finding: "pneumonia", ageGroup: "child" };
const policy = { thresholds: { f1: { pneumonia: { child: 0.3 } } } };

describe("a threshold", () => {
  it("is the model's own without a policy", () => {
    expect(thresholdFor(model, child, { thresholds: {} })).toBe(0.62);
  });

  it("is the policy's for that model, finding and age group", () => {
    expect(thresholdFor(model, child, policy)).toBe(0.3);
  });

  it.each([
    ["another age group", model, { ...child, ageGroup: "adult" }],
    ["another finding", model, { ...child, finding: "effusion" }],
    ["another model", { ...model, fingerprint: "f2" }, child],
  ])("is the model's own for %s", (_what, of, subject) => {
    expect(thresholdFor(of, subject, policy)).toBe(0.62);
  });

  it("counts from itself on", () => {
    expect(isPositive(0.3, 0.3)).toBe(true);
    expect(isPositive(0.2999, 0.3)).toBe(false);
  });
});
