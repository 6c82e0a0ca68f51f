import { describe, expect, it } from "vitest";
import {
  decisionFor,
  missingParts,
  overrideReasonsFor,
  overridingLabels,
  suggestedLabel,
} from "./decision-rules.ts";

const positive = {
  assessed: true,
  findings: [{ code: "pneumonia", positive: true }],
};
const negative = {
  assessed: true,
  findings: [{ code: "pneumonia", positive: false }],
};
const refused = { assessed: false, findings: [] };

describe("what the AI suggests", () => {
  it("is pneumonia when one film of the study is positive", () => {
    expect(suggestedLabel([negative, positive])).toBe("PNEUMONIA");
  });

  it("is normal when every assessed film is negative", () => {
    expect(suggestedLabel([negative, refused])).toBe("NORMAL");
  });

  it("is nothing, and never normal, when no film was assessed", () => {
    expect(suggestedLabel([refused])).toBeNull();
    expect(suggestedLabel([null])).toBeNull();
    expect(suggestedLabel([])).toBeNull();
  });

  it("is not read from other findings", () => {
    const other = {
      assessed: true,
      findings: [{ code: "effusion", positive: true }],
    };
    expect(suggestedLabel([other])).toBeNull();
  });
});

describe("the decision that fits a label", () => {
  it("confirms when reader and AI agree", () => {
    expect(decisionFor("PNEUMONIA", "PNEUMONIA")).toBe("CONFIRM");
    expect(decisionFor("NORMAL", "NORMAL")).toBe("CONFIRM");
  });

  it("overrides when they do not, other findings included", () => {
    expect(decisionFor("NORMAL", "PNEUMONIA")).toBe("OVERRIDE");
    expect(decisionFor("PNEUMONIA", "NORMAL")).toBe("OVERRIDE");
    expect(decisionFor("OTHER", "NORMAL")).toBe("OVERRIDE");
    expect(decisionFor("OTHER", "PNEUMONIA")).toBe("OVERRIDE");
  });

  it("is independent where the AI said nothing", () => {
    expect(decisionFor("NORMAL", null)).toBe("INDEPENDENT");
  });
});

describe("overriding", () => {
  it("offers only labels that differ from the suggestion", () => {
    expect(overridingLabels("PNEUMONIA")).toEqual(["NORMAL", "OTHER"]);
    expect(overridingLabels("NORMAL")).toEqual(["PNEUMONIA", "OTHER"]);
  });

  it("puts the likeliest reason first", () => {
    expect(overrideReasonsFor("NORMAL", "PNEUMONIA")[0]).toBe("FALSE_POSITIVE");
    expect(overrideReasonsFor("PNEUMONIA", "NORMAL")[0]).toBe("FALSE_NEGATIVE");
    expect(overrideReasonsFor("OTHER", "NORMAL")[0]).toBe("OTHER_FINDING");
  });

  it("leaves out reasons that cannot be true", () => {
    const missed = overrideReasonsFor("PNEUMONIA", "NORMAL");
    expect(missed).not.toContain("FALSE_POSITIVE");
    expect(missed).not.toContain("WRONG_REGION");
    expect(overrideReasonsFor("NORMAL", "PNEUMONIA")).not.toContain(
      "FALSE_NEGATIVE",
    );
  });

  it("names every reason once", () => {
    const reasons = overrideReasonsFor("OTHER", "PNEUMONIA");
    expect(new Set(reasons).size).toBe(reasons.length);
  });
});

describe("what is missing before signing", () => {
  const confirmed = {
    label: "PNEUMONIA",
    decision: "CONFIRM",
    overrideReason: null,
    comment: "",
  } as const;

  it("is nothing for a confirmed suggestion", () => {
    expect(missingParts(confirmed)).toEqual([]);
  });

  it("is the opinion first, then the decision", () => {
    expect(missingParts({ ...confirmed, label: null, decision: null })).toEqual(
      ["label"],
    );
    expect(missingParts({ ...confirmed, decision: null })).toEqual([
      "decision",
    ]);
  });

  it("is the reason of an override, and words for the reason 'other'", () => {
    const override = { ...confirmed, decision: "OVERRIDE" } as const;
    expect(missingParts(override)).toEqual(["overrideReason"]);
    const other = { ...override, overrideReason: "OTHER" } as const;
    expect(missingParts({ ...other, comment: "  " })).toEqual([
      "commentForOther",
    ]);
    expect(missingParts({ ...other, comment: "Old film" })).toEqual([]);
  });
});
