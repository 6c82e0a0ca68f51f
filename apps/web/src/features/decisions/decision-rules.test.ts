import { describe, expect, it } from "vitest";
import {
  confirmedLabel,
  decisionFor,
  missingParts,
  opinionsDiffer,
  overrideReasonsFor,
  overridingLabels,
  partlyReasonsFor,
  suggestionOf,
} from "./decision-rules.ts";

const prediction = (isLeading: boolean, positive: boolean) => ({
  assessed: true,
  findings: [{ isLeading, positive }],
});
const refused = { assessed: false, findings: [] };

describe("what the AI suggests", () => {
  it("is what the prediction that the case shows says", () => {
    expect(suggestionOf(prediction(true, true))).toBe("positive");
    expect(suggestionOf(prediction(true, false))).toBe("negative");
  });

  it("is nothing, and never normal, when no film was assessed", () => {
    expect(suggestionOf(refused)).toBeNull();
    expect(suggestionOf(null)).toBeNull();
  });

  it("is not read from other findings", () => {
    expect(suggestionOf(prediction(false, true))).toBeNull();
  });
});

describe("reader and AI that differ", () => {
  it("are those on two sides of the question, and nobody without an opinion", () => {
    expect(opinionsDiffer("NORMAL", "positive")).toBe(true);
    expect(opinionsDiffer("OTHER", "positive")).toBe(true);
    expect(opinionsDiffer("PNEUMONIA", "negative")).toBe(true);
    expect(opinionsDiffer("OTHER", "negative")).toBe(false);
    expect(opinionsDiffer(null, "positive")).toBe(false);
    expect(opinionsDiffer("NORMAL", null)).toBe(false);
  });

  it("want a reason when the reader goes over, and a comment for another one", () => {
    const change = {
      label: "PNEUMONIA",
      decision: "CONFIRM",
      overrideReason: null,
      isChange: true,
      comment: "",
    } as const;
    expect(missingParts(change)).toEqual(["changeReason"]);
    expect(missingParts({ ...change, changeReason: "OTHER" })).toEqual([
      "commentForChange",
    ]);
    expect(missingParts({ ...change, changeReason: "SECOND_LOOK" })).toEqual(
      [],
    );
    expect(missingParts({ ...change, isChange: false })).toEqual([]);
  });
});

describe("the decision that a label leads to", () => {
  it("confirms when reader and AI agree", () => {
    expect(decisionFor("PNEUMONIA", "positive")).toBe("CONFIRM");
    expect(decisionFor("NORMAL", "negative")).toBe("CONFIRM");
  });

  it("confirms with another finding, of which a negative AI says nothing", () => {
    expect(decisionFor("OTHER", "negative")).toBe("CONFIRM");
  });

  it("overrides when they do not agree", () => {
    expect(decisionFor("NORMAL", "positive")).toBe("OVERRIDE");
    expect(decisionFor("OTHER", "positive")).toBe("OVERRIDE");
    expect(decisionFor("PNEUMONIA", "negative")).toBe("OVERRIDE");
  });

  it("is independent where the AI said nothing", () => {
    expect(decisionFor("NORMAL", null)).toBe("INDEPENDENT");
  });
});

describe("confirming", () => {
  it("keeps a label that agrees", () => {
    expect(confirmedLabel("OTHER", "negative")).toBe("OTHER");
  });

  it("takes the AI's label over one that does not", () => {
    expect(confirmedLabel("NORMAL", "positive")).toBe("PNEUMONIA");
    expect(confirmedLabel("PNEUMONIA", "negative")).toBe("NORMAL");
    expect(confirmedLabel(null, "negative")).toBe("NORMAL");
  });
});

describe("overriding", () => {
  it("offers only labels for which a reason can be true", () => {
    expect(overridingLabels("positive")).toEqual([
      "NORMAL",
      "PNEUMONIA",
      "OTHER",
    ]);
    expect(overridingLabels("negative")).toEqual(["PNEUMONIA", "OTHER"]);
  });

  it("puts the likeliest reason first", () => {
    expect(overrideReasonsFor("NORMAL", "positive")[0]).toBe("FALSE_POSITIVE");
    expect(overrideReasonsFor("PNEUMONIA", "negative")[0]).toBe(
      "FALSE_NEGATIVE",
    );
    expect(overrideReasonsFor("OTHER", "positive")[0]).toBe("OTHER_FINDING");
  });

  it("leaves out reasons that cannot be true", () => {
    const missed = overrideReasonsFor("PNEUMONIA", "negative");
    expect(missed).not.toContain("FALSE_POSITIVE");
    expect(missed).not.toContain("OTHER_FINDING");
    expect(missed).not.toContain("OTHER_CAUSE");
    expect(missed).toContain("TOO_EARLY");
    const alarm = overrideReasonsFor("NORMAL", "positive");
    expect(alarm).toContain("OTHER_CAUSE");
    expect(alarm).not.toContain("TOO_EARLY");
    expect(overrideReasonsFor("NORMAL", "positive")).not.toContain(
      "FALSE_NEGATIVE",
    );
  });

  it("of a label that agrees is for the place or for what else there is", () => {
    expect(overrideReasonsFor("PNEUMONIA", "positive")).toEqual([
      "WRONG_REGION",
    ]);
    expect(overrideReasonsFor("OTHER", "negative")).toEqual(["OTHER_FINDING"]);
    expect(overrideReasonsFor("NORMAL", "negative")).toEqual([]);
  });

  it("names every reason once", () => {
    const reasons = overrideReasonsFor("OTHER", "positive");
    expect(new Set(reasons).size).toBe(reasons.length);
  });
});

describe("a film that answers nothing", () => {
  it("agrees with no answer of the AI, and goes against every one", () => {
    expect(opinionsDiffer("NOT_DIAGNOSTIC", "positive")).toBe(true);
    expect(opinionsDiffer("NOT_DIAGNOSTIC", "negative")).toBe(true);
    expect(decisionFor("NOT_DIAGNOSTIC", "positive")).toBe("INDEPENDENT");
    expect(decisionFor("NOT_DIAGNOSTIC", "negative")).toBe("INDEPENDENT");
    expect(confirmedLabel("NOT_DIAGNOSTIC", "negative")).toBe("NORMAL");
  });

  it("overrides nothing, so no reason for that is offered", () => {
    expect(overrideReasonsFor("NOT_DIAGNOSTIC", "positive")).toEqual([]);
    expect(overridingLabels("negative")).not.toContain("NOT_DIAGNOSTIC");
  });

  it("wants its own reason, and words where that is another one", () => {
    const nothing = {
      label: "NOT_DIAGNOSTIC",
      decision: "INDEPENDENT",
      overrideReason: null,
      comment: "",
    } as const;
    expect(missingParts(nothing)).toEqual(["notDiagnosticReason"]);
    expect(missingParts({ ...nothing, notDiagnosticReason: "OTHER" })).toEqual([
      "commentForNotDiagnostic",
    ]);
    expect(
      missingParts({ ...nothing, notDiagnosticReason: "QUALITY" }),
    ).toEqual([]);
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

describe("an answer that holds in part", () => {
  it("has reasons where the label agrees, and those that can be true alone", () => {
    expect(partlyReasonsFor("PNEUMONIA", "negative")).toEqual([]);
    expect(partlyReasonsFor("NOT_DIAGNOSTIC", "positive")).toEqual([]);
    expect(partlyReasonsFor("PNEUMONIA", "positive")[0]).toBe("WRONG_REGION");
    expect(partlyReasonsFor("NORMAL", "negative")).toEqual([
      "ARTEFACT",
      "TECHNIQUE",
      "POOR_QUALITY",
      "OTHER",
    ]);
    expect(partlyReasonsFor("OTHER", "negative")).toContain("MISSED_BY_AI");
  });

  it("wants its reason, and what changed the reader's mind", () => {
    const draft = {
      label: "PNEUMONIA",
      decision: "PARTLY",
      overrideReason: null,
      comment: "",
    } as const;
    expect(missingParts(draft)).toEqual(["overrideReason"]);
    expect(missingParts({ ...draft, isChange: true })).toEqual([
      "changeReason",
    ]);
    const said = { ...draft, overrideReason: "WRONG_REGION" } as const;
    expect(missingParts(said)).toEqual([]);
    expect(missingParts({ ...said, overrideReason: "OTHER" })).toEqual([
      "commentForOther",
    ]);
  });
});
