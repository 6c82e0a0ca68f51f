import { describe, expect, it } from "vitest";
import {
  draftFrom,
  draftFromElsewhere,
  EMPTY_DRAFT,
  forgetLocalDrafts,
  isEmptyDraft,
  isSameDraft,
  notDiagnosticInput,
  takenAt,
  toDraftInput,
} from "./reading-draft.ts";

const kept = {
  __typename: "Reading" as const,
  id: "r",
  state: "OPEN" as const,
  opinion: "NORMAL" as const,
  opinionAt: "2026-03-01T09:59:00.000Z",
  opinionIsBlind: true,
  opinionStands: false,
  revealedAt: null,
  draftSavedAt: "2026-03-01T10:00:00.000Z",
  draftGivenTo: null,
  draftIsLeft: false,
  draft: {
    label: "PNEUMONIA" as const,
    decision: "OVERRIDE" as const,
    overrideReason: null,
    changeReason: null,
    notDiagnosticReason: null,
    retakeAsked: true,
    confidence: null,
    findings: [
      {
        code: "pneumonia",
        presence: "PRESENT" as const,
        side: "RIGHT" as const,
        zones: ["LOWER" as const],
        markIndexes: [0],
      },
    ],
    comment: "Right lower zone",
    report: {
      __typename: "ReportDraft" as const,
      language: "VI" as const,
      indication: "",
      technique: "",
      comparison: "",
      findings: "Mờ đáy phổi phải.",
      impression: "",
      edited: ["FINDINGS" as const],
    },
    marks: [
      {
        imageId: "i",
        kind: "BOX" as const,
        points: [1.5, 2, 4.5, 6],
        finding: "pneumonia",
      },
      {
        imageId: "i",
        kind: "RULER" as const,
        points: [0.25, 2, 300, 4],
        finding: null,
      },
    ],
  },
};

describe("a draft from the server", () => {
  it("is taken up as it was left, with the opinion apart", () => {
    const draft = draftFrom(kept);
    expect(draft).toMatchObject({
      blindLabel: "NORMAL",
      label: "PNEUMONIA",
      decision: "OVERRIDE",
      retakeAsked: true,
      comment: "Right lower zone",
      findings: [{ code: "pneumonia", side: "RIGHT", markIds: ["kept-0"] }],
      marks: [
        { id: "kept-0", imageId: "i", kind: "BOX" },
        { id: "kept-1", kind: "RULER", finding: null },
      ],
    });
    expect(toDraftInput(draft).report).toEqual({
      language: "VI",
      indication: "",
      technique: "",
      comparison: "",
      findings: "Mờ đáy phổi phải.",
      impression: "",
      edited: ["FINDINGS"],
    });
    expect(toDraftInput(draft).marks).toEqual(kept.draft.marks);
    expect(toDraftInput(draft).findings).toEqual(kept.draft.findings);
  });

  it("begins with the opinion where nothing else was typed", () => {
    expect(draftFrom({ ...kept, draft: null })).toMatchObject({
      blindLabel: "NORMAL",
      label: "NORMAL",
      comment: "",
    });
  });

  it("is empty where there is none, or where it is signed", () => {
    expect(draftFrom(null)).toEqual(EMPTY_DRAFT);
    expect(draftFrom({ ...kept, state: "SIGNED" })).toEqual(EMPTY_DRAFT);
    expect(isEmptyDraft(EMPTY_DRAFT)).toBe(true);
  });
});

describe("what is said of a film that answers nothing", () => {
  const said = { notDiagnosticReason: "POSITION", retakeAsked: true } as const;

  it("is signed with that label only", () => {
    expect(notDiagnosticInput({ label: "NOT_DIAGNOSTIC", ...said })).toEqual(
      said,
    );
    expect(notDiagnosticInput({ label: "NORMAL", ...said })).toEqual({
      notDiagnosticReason: null,
      retakeAsked: false,
    });
  });
});

describe("the browser's storage", () => {
  it("loses drafts of versions before, and nothing else", () => {
    const items = new Map([
      ["lung-iris:draft:user:case", "{}"],
      ["theme", "dark"],
    ]);
    forgetLocalDrafts({
      get length() {
        return items.size;
      },
      key: (index) => [...items.keys()][index] ?? null,
      removeItem: (key) => void items.delete(key),
      getItem: () => null,
      setItem: () => undefined,
      clear: () => undefined,
    });
    expect([...items.keys()]).toEqual(["theme"]);
  });
});

describe("what another browser of the same reader did", () => {
  const here = draftFrom(kept);
  const knownAt = takenAt(kept);
  const later = { ...kept, draftSavedAt: "2026-03-01T10:05:00.000Z" };

  it("is taken over once the server has something newer that says otherwise", () => {
    const typed = { ...later, draft: { ...kept.draft, comment: "Left" } };
    expect(draftFromElsewhere(typed, here, knownAt)?.comment).toBe("Left");
    const opinion = {
      ...kept,
      opinion: "OTHER" as const,
      opinionAt: "2026-03-01T10:06:00.000Z",
      draft: null,
    };
    expect(draftFromElsewhere(opinion, here, knownAt)).toMatchObject({
      blindLabel: "OTHER",
      label: "OTHER",
    });
    // A browser that was opened before anything was done.
    expect(draftFromElsewhere(kept, EMPTY_DRAFT, null)).toMatchObject({
      blindLabel: "NORMAL",
    });
  });

  it("is nothing where it is no newer than what is known here", () => {
    const typed = { ...kept, draft: { ...kept.draft, comment: "Left" } };
    expect(draftFromElsewhere(typed, here, knownAt)).toBeNull();
  });

  it("is nothing where it says the same, whatever marks are called here", () => {
    const renamed = {
      ...here,
      marks: here.marks.map((mark) => ({ ...mark, id: `drawn-${mark.id}` })),
      findings: here.findings.map((finding) => ({
        ...finding,
        markIds: finding.markIds.map((id) => `drawn-${id}`),
      })),
    };
    expect(isSameDraft(here, renamed)).toBe(true);
    expect(draftFromElsewhere(later, renamed, knownAt)).toBeNull();
  });

  it("is nothing once it is signed", () => {
    const signed = { ...later, state: "SIGNED" as const };
    expect(takenAt(signed)).toBeNull();
    expect(draftFromElsewhere(signed, here, knownAt)).toBeNull();
  });
});
