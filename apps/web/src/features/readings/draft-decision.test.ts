import { describe, expect, it } from "vitest";
import { decisionAfter, decisionWithout } from "./draft-decision.ts";

const said = { blindLabel: "NORMAL", label: "NORMAL", decision: null } as const;

describe("what a draft decides", () => {
  it("is nothing before the reveal, whatever was typed", () => {
    expect(decisionAfter(said, false, null)).toBeNull();
    const typed = { ...said, decision: "CONFIRM" } as const;
    expect(decisionAfter(typed, false, null)).toBeNull();
  });

  it("is a confirmation where the opinion before the reveal agrees", () => {
    expect(decisionAfter(said, true, "negative")).toBe("CONFIRM");
    const other = { ...said, label: "OTHER" } as const;
    expect(decisionAfter(other, true, "negative")).toBe("CONFIRM");
  });

  it("is left to the reader where it differs, or came after the AI", () => {
    expect(decisionAfter(said, true, "positive")).toBeNull();
    const late = { ...said, blindLabel: null };
    expect(decisionAfter(late, true, "negative")).toBeNull();
    const changed = { ...said, label: "PNEUMONIA" } as const;
    expect(decisionAfter(changed, true, "positive")).toBeNull();
  });

  it("is the reader's own once it was chosen", () => {
    const chosen = { ...said, decision: "OVERRIDE" } as const;
    expect(decisionAfter(chosen, true, "negative")).toBe("OVERRIDE");
  });

  it("is independent of the AI for a film that answers nothing, seen or not", () => {
    const nothing = { ...said, label: "NOT_DIAGNOSTIC" } as const;
    expect(decisionAfter(nothing, false, null)).toBe("INDEPENDENT");
    expect(decisionAfter(nothing, true, "positive")).toBe("INDEPENDENT");
    expect(decisionWithout(said)).toBe("INDEPENDENT");
    expect(decisionWithout({ ...said, label: null })).toBeNull();
  });
});
