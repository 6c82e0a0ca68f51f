import { describe, expect, it } from "vitest";
import {
  isFromElsewhere,
  isSameTyped,
  keptFor,
  type KeptText,
  NOTHING_TYPED,
  typedText,
} from "./kept-text.ts";

const kept = (change: Partial<KeptText>): KeptText => ({
  id: "1",
  kind: "COMMENT",
  aboutId: "case",
  text: "Bed four",
  keptAt: "2026-03-01T10:00:00Z",
  draft: null,
  ...change,
});

describe("what is kept for a field", () => {
  it("is the text of its kind, about the same thing", () => {
    const texts = [
      kept({ kind: "ADDENDUM" }),
      kept({ aboutId: "other" }),
      kept({ text: "This one" }),
    ];
    const about = { caseId: "case", kind: "COMMENT", aboutId: "case" } as const;
    expect(keptFor(texts, about)?.text).toBe("This one");
    expect(keptFor(texts, { ...about, kind: "TAKE_OVER" })).toBeNull();
  });

  it("is nothing while it says what stands there", () => {
    expect(typedText("", "")).toEqual(NOTHING_TYPED);
    expect(typedText("  ", "")).toEqual(NOTHING_TYPED);
    expect(typedText("Bed four ", "Bed four")).toEqual(NOTHING_TYPED);
    expect(typedText("Bed five", "Bed four").text).toBe("Bed five");
    // Emptied is a change of what stands there; there are no words to keep.
    expect(isSameTyped(typedText(" ", "Bed four"), NOTHING_TYPED)).toBe(false);
  });
});

describe("a text that another desk went on with", () => {
  const typed = (text: string) => typedText(text, "");
  const news = (
    here: string,
    before: string,
    there: string,
    onItsWay: string | null = null,
  ) =>
    isFromElsewhere({
      here: typed(here),
      before: typed(before),
      there: typed(there),
      onItsWay: onItsWay === null ? null : typed(onItsWay),
    });

  it("is taken over where nothing was typed here since", () => {
    expect(news("a", "a", "a b")).toBe(true);
    expect(news("", "", "begun elsewhere")).toBe(true);
  });

  it("was sent there: the field is empty again", () => {
    expect(news("a", "a", "")).toBe(true);
  });

  it("stands below what was typed here since", () => {
    expect(news("a and more", "a", "a b")).toBe(false);
    expect(news("a and more", "a", "")).toBe(false);
  });

  it("is no news where it is what this page sends", () => {
    // Typed, on its way, and taken back before the answer came.
    expect(news("", "", "a", "a")).toBe(false);
    expect(news("a", "a", "a")).toBe(false);
  });
});
