import { describe, expect, it } from "vitest";
import { parseUrgencyReason } from "./urgency-reasons.ts";

describe("a reason for urgency", () => {
  it.each([
    ["ai:91", { kind: "ai", percent: 91 }],
    ["flag:low-spo2", { kind: "flag", flag: "low-spo2" }],
    ["age:78", { kind: "age", years: 78 }],
    ["age:infant", { kind: "infant" }],
    ["not-assessed:lateral", { kind: "not-assessed", reason: "lateral" }],
    ["not-assessed", { kind: "not-assessed", reason: null }],
    ["waited", { kind: "waited" }],
    ["prior-positive", { kind: "prior-positive" }],
    ["pending", { kind: "pending" }],
    ["unknown-patient", { kind: "unknown-patient" }],
    ["patient-mismatch", { kind: "patient-mismatch" }],
  ])("%s is understood", (code, expected) => {
    expect(parseUrgencyReason(code)).toEqual(expected);
  });

  it.each(["ai", "ai:high", "flag:", "age:old", "something-new:1"])(
    "%s is kept as it is, not dropped",
    (code) => {
      expect(parseUrgencyReason(code)).toEqual({ kind: "other", code });
    },
  );
});
