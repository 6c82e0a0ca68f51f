import { describe, expect, it } from "vitest";
import { EMPTY_DRAFT, type ReadingDraft } from "../readings/reading-draft.ts";
import { emptyReport } from "../report-text/report-draft.ts";
import { replacedParts, takenDraft } from "./taken-draft.ts";

const finding = (code: string) => ({
  code,
  presence: "PRESENT" as const,
  side: null,
  zones: [],
  markIds: [],
});
const mark = { id: "m", imageId: "i", kind: "BOX" as const, points: [1, 2] };
const report = {
  ...emptyReport("EN"),
  findings: "Opacity.",
  edited: ["FINDINGS" as const],
};

const theirs: ReadingDraft = {
  ...EMPTY_DRAFT,
  label: "PNEUMONIA",
  decision: "CONFIRM",
  confidence: 4,
  findings: [finding("pneumonia"), finding("effusion")],
  marks: [{ ...mark, finding: "effusion" }],
  report,
  comment: "Ask the ward",
};
const own: ReadingDraft = {
  ...EMPTY_DRAFT,
  blindLabel: "OTHER",
  label: "OTHER",
};

describe("a draft that a colleague gave along", () => {
  it("brings all that it says but the colleague's opinion", () => {
    expect(takenDraft(own, theirs)).toEqual({
      findings: [finding("effusion")],
      marks: theirs.marks,
      report,
      comment: "Ask the ward",
    });
    expect(takenDraft({ ...own, label: "PNEUMONIA" }, theirs)).toMatchObject({
      findings: theirs.findings,
    });
  });

  it("replaces nothing where nothing was typed but the opinion", () => {
    expect(replacedParts(own, theirs)).toEqual([]);
    const labelled = { ...own, label: "PNEUMONIA" as const };
    expect(
      replacedParts({ ...labelled, findings: [finding("pneumonia")] }, theirs),
    ).toEqual([]);
  });

  it("names what of one's own it would replace", () => {
    const typed = {
      ...own,
      comment: "Mine",
      report,
      findings: [finding("nodule")],
    };
    expect(replacedParts(typed, theirs)).toEqual([
      "findings",
      "report",
      "comment",
    ]);
    const marked = { ...own, marks: theirs.marks };
    expect(replacedParts(marked, theirs)).toEqual(["findings"]);
  });

  it("leaves alone what it says nothing of", () => {
    const typed = { ...own, comment: "Mine", report };
    const short = { ...EMPTY_DRAFT, comment: "Theirs" };
    expect(replacedParts(typed, short)).toEqual(["comment"]);
    expect(takenDraft(typed, short)).toEqual({ comment: "Theirs" });
  });
});
