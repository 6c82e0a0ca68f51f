import { describe, expect, it } from "vitest";
import {
  draftFrom,
  EMPTY_DRAFT,
  forgetLocalDrafts,
  isEmptyDraft,
  notDiagnosticInput,
  putBack,
  toDraftInput,
} from "./reading-draft.ts";

const kept = {
  __typename: "Reading" as const,
  id: "r",
  state: "OPEN" as const,
  opinion: "NORMAL" as const,
  opinionIsBlind: true,
  revealedAt: null,
  draftSavedAt: "2026-03-01T10:00:00.000Z",
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
      { imageId: "i", finding: "pneumonia", x: 1.5, y: 2, width: 3, height: 4 },
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
      marks: [{ id: "kept-0", imageId: "i", x: 1.5 }],
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

describe("a mark that is put back", () => {
  const mark = (id: string) => ({
    ...{ id, imageId: "i", finding: "pneumonia" },
    ...{ x: 1, y: 2, width: 30, height: 40 },
  });

  it("has its old place, also beside one drawn since", () => {
    expect(putBack([mark("a"), mark("c")], mark("b"), 1)).toEqual([
      mark("a"),
      mark("b"),
      mark("c"),
    ]);
  });

  it("stands last where the others before it are gone too", () => {
    expect(putBack([], mark("b"), 1)).toEqual([mark("b")]);
  });

  it("is there once only", () => {
    expect(putBack([mark("b")], mark("b"), 0)).toEqual([mark("b")]);
  });
});
