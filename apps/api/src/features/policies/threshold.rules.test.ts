import { describe, expect, it } from "vitest";
import { isPositive, isUnsure, thresholdFor } from "./threshold.rules.ts";

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

describe("isUnsure", () => {
  const between = { unsureFrom: 0.3, unsureTo: 0.6 };

  it("holds from the lower cut-off up to below the upper one", () => {
    expect(isUnsure(0.3, between)).toBe(true);
    expect(isUnsure(0.599, between)).toBe(true);
    expect(isUnsure(0.6, between)).toBe(false);
    expect(isUnsure(0.29, between)).toBe(false);
  });

  it("never holds for a model without cut-offs, or with equal ones", () => {
    expect(isUnsure(0.5, { unsureFrom: null, unsureTo: null })).toBe(false);
    expect(isUnsure(0.5, { unsureFrom: 0.5, unsureTo: 0.5 })).toBe(false);
  });
});
