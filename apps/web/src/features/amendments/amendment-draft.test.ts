import { describe, expect, it } from "vitest";
import type { KeptText } from "../kept-texts/kept-text.ts";
import { isSameTyped, NOTHING_TYPED } from "../kept-texts/kept-text.ts";
import { emptyReport, REPORT_SECTIONS } from "../report-text/report-draft.ts";
import {
  type AmendmentDraft,
  keptAmendment,
  typedAmendment,
} from "./amendment-draft.ts";

const mark = {
  imageId: "film",
  kind: "BOX",
  points: [1, 1, 1, 5, 5, 5, 5, 1],
  finding: "pneumonia",
} as const;
const signed: AmendmentDraft = {
  label: "PNEUMONIA",
  decision: "CONFIRM",
  overrideReason: null,
  notDiagnosticReason: null,
  retakeAsked: false,
  comment: "As signed",
  report: { ...emptyReport("EN"), impression: "Old.", edited: REPORT_SECTIONS },
  findings: [
    {
      code: "pneumonia",
      presence: "PRESENT",
      side: "LEFT",
      zones: ["LOWER"],
      markIds: ["signed-0"],
    },
  ],
  marks: [{ ...mark, points: [...mark.points], id: "signed-0" }],
};

/** As the API answers what was sent to be kept. */
function answered(work: Parameters<typeof typedAmendment>[0]) {
  const { text, draft } = typedAmendment(work, signed);
  // What the API answers has every field of what it was sent, and no other.
  const kept = { changeReason: null, confidence: null, ...draft };
  return {
    text,
    draft: draft ? (kept as NonNullable<KeptText["draft"]>) : null,
  };
}

describe("an amendment that is kept", () => {
  it("is nothing while it says what is signed, and no reason", () => {
    expect(typedAmendment(null, signed)).toEqual(NOTHING_TYPED);
    expect(typedAmendment({ draft: signed, reason: "" }, signed)).toEqual(
      NOTHING_TYPED,
    );
    // Marks have other names at another desk, and say the same.
    const renamed: AmendmentDraft = {
      ...signed,
      marks: signed.marks.map((one) => ({ ...one, id: "kept-0" })),
      findings: signed.findings.map((one) => ({ ...one, markIds: ["kept-0"] })),
    };
    expect(typedAmendment({ draft: renamed, reason: "" }, signed)).toEqual(
      NOTHING_TYPED,
    );
  });

  it("is its reason alone where that is all that was typed", () => {
    const typed = typedAmendment({ draft: signed, reason: "Seen" }, signed);
    expect(typed).toEqual({ text: "Seen", draft: null });
    const kept = answered({ draft: signed, reason: "Seen" });
    expect(keptAmendment(kept, signed)).toEqual({
      draft: signed,
      reason: "Seen",
    });
  });

  it("comes back as it was written, and is then not sent again", () => {
    const work = {
      reason: "Prior came late",
      draft: { ...signed, comment: "Half a thought", label: "OTHER" } as const,
    };
    // Another label than that of the finding: both stay, for the form to say.
    const back = keptAmendment(answered(work), signed);
    expect(back.draft).toMatchObject({
      label: "OTHER",
      comment: "Half a thought",
      decision: "CONFIRM",
      report: { impression: "Old." },
      findings: [{ code: "pneumonia", zones: ["LOWER"] }],
    });
    const again = keptAmendment(answered(back), signed);
    expect(
      isSameTyped(typedAmendment(again, signed), typedAmendment(back, signed)),
    ).toBe(true);
  });

  it("keeps marks with the findings that they show", () => {
    const work = {
      reason: "",
      draft: { ...signed, comment: "Changed" },
    };
    const { draft } = keptAmendment(answered(work), signed);
    expect(draft.marks).toEqual([
      { ...mark, points: [...mark.points], id: "kept-0" },
    ]);
    expect(draft.findings[0]?.markIds).toEqual(["kept-0"]);
    expect(
      isSameTyped(
        typedAmendment({ draft, reason: "" }, signed),
        typedAmendment(work, signed),
      ),
    ).toBe(true);
  });
});
