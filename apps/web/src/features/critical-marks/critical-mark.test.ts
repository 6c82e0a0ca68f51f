import { describe, expect, it } from "vitest";
import { isSaid, markInput, proposedFinding } from "./critical-mark.ts";

describe("a critical mark", () => {
  it("is proposed by the first of the policy's findings that is present", () => {
    const named = [
      { code: "effusion", presence: "PRESENT" },
      { code: "pneumothorax", presence: "UNCERTAIN" },
      { code: "hernia", presence: "PRESENT" },
    ];
    expect(proposedFinding(named, ["pneumothorax"])).toBeNull();
    expect(proposedFinding(named, ["pneumothorax", "hernia"])).toBe("hernia");
    expect(proposedFinding([], ["pneumothorax"])).toBeNull();
  });

  it("says something with a finding or with words that are not blank", () => {
    expect(isSaid({ finding: null, reason: "  " })).toBe(false);
    expect(isSaid({ finding: "hernia", reason: "" })).toBe(true);
    expect(markInput({ finding: null, reason: " Tube " })).toEqual({
      finding: null,
      reason: "Tube",
    });
  });
});
