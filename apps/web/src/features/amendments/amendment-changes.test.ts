import { describe, expect, it } from "vitest";
import { emptyReport, REPORT_SECTIONS } from "../report-text/report-draft.ts";
import { amendmentChanges, changedSections } from "./amendment-changes.ts";
import type { DraftFinding } from "../findings/draft-findings.ts";
import type { AmendmentDraft } from "./amendment-draft.ts";

const report = { ...emptyReport("EN"), impression: "No pneumonia." };
const effusion: DraftFinding = {
  code: "effusion",
  presence: "PRESENT",
  side: "LEFT",
  zones: [],
  markIds: [],
};
const signed: AmendmentDraft = {
  label: "NORMAL",
  decision: "OVERRIDE",
  overrideReason: "FALSE_POSITIVE",
  notDiagnosticReason: null,
  retakeAsked: false,
  comment: "",
  report: { ...report, edited: REPORT_SECTIONS },
  findings: [],
  marks: [],
};

const changed = (change: Partial<AmendmentDraft>, text = report) =>
  amendmentChanges(signed, { ...signed, ...change }, text);

describe("what an amendment changes", () => {
  it("is nothing where nothing was touched", () => {
    expect(changed({})).toEqual([]);
    expect(changed({ comment: "  " })).toEqual([]);
  });

  it("is the label and the decision, before and after", () => {
    expect(
      changed({
        label: "PNEUMONIA",
        decision: "CONFIRM",
        overrideReason: null,
      }),
    ).toEqual([
      { what: "label", before: "NORMAL", now: "PNEUMONIA" },
      { what: "decision", before: "OVERRIDE", now: "CONFIRM" },
      { what: "overrideReason", before: "FALSE_POSITIVE", now: null },
    ]);
  });

  it("is each finding that came, went or lies elsewhere, and no other", () => {
    expect(changed({ findings: [effusion] })).toEqual([
      { what: "finding", code: "effusion", before: null, now: effusion },
    ]);
    const elsewhere: DraftFinding = { ...effusion, side: "RIGHT" };
    const before = { ...signed, findings: [effusion] };
    const after = { ...signed, findings: [elsewhere] };
    expect(amendmentChanges(before, after, report)).toEqual([
      { what: "finding", code: "effusion", before: effusion, now: elsewhere },
    ]);
    expect(amendmentChanges(before, before, report)).toEqual([]);
    expect(amendmentChanges(before, signed, report)).toMatchObject([
      { what: "finding", before: effusion, now: null },
    ]);
  });

  it("is why a film answers nothing with that label only", () => {
    expect(changed({ retakeAsked: true })).toEqual([]);
    expect(
      changed({
        label: "NOT_DIAGNOSTIC",
        decision: "OVERRIDE",
        notDiagnosticReason: "POSITION",
        retakeAsked: true,
      }).map(({ what }) => what),
    ).toEqual(["label", "notDiagnosticReason", "retakeAsked"]);
  });

  it("is the report as it would be signed, section by section", () => {
    const now = { ...report, impression: "Pneumonia.", findings: "Opacity." };
    expect(changed({}, now)).toMatchObject([{ what: "report", now }]);
    expect(changedSections(report, now)).toEqual(["FINDINGS", "IMPRESSION"]);
  });
});
