import type {
  Decision,
  Label,
  NotDiagnosticReason,
  OverrideReason,
  ReadingDraftInput,
  ReportLanguage,
  SignedVersionFragment,
} from "../../gql/graphql.ts";
import {
  type KeptText,
  NOTHING_TYPED,
  type Typed,
} from "../kept-texts/kept-text.ts";
import {
  emptyReport,
  REPORT_SECTIONS,
  type ReportDraft,
  reportText,
} from "../report-text/report-draft.ts";
import {
  type DraftFinding,
  findingsUnder,
  fromKept,
  toFindingInput,
} from "../findings/draft-findings.ts";
import {
  type DraftMark,
  fromKeptMark,
  toMarkInput,
} from "../readings/reading-draft.ts";

export interface AmendmentDraft {
  label: Label;
  decision: Decision;
  overrideReason: OverrideReason | null;
  notDiagnosticReason: NotDiagnosticReason | null;
  retakeAsked: boolean;
  comment: string;
  /** every section counts as typed: nothing signed changes by itself */
  report: ReportDraft;
  findings: readonly DraftFinding[];
  marks: DraftMark[];
}

/** An amendment that is being written: what it would say, and why. */
export interface AmendmentWork {
  draft: AmendmentDraft;
  reason: string;
}

/** What is signed, as a draft: what an amendment begins with. */
export function signedDraft(
  review: SignedVersionFragment,
  language: ReportLanguage,
): AmendmentDraft {
  return {
    label: review.label,
    // One who may amend has seen the AI: its part is not hidden from him.
    decision: review.decision ?? "INDEPENDENT",
    overrideReason: review.overrideReason ?? null,
    notDiagnosticReason: review.notDiagnosticReason ?? null,
    retakeAsked: review.retakeAsked,
    comment: review.comment ?? "",
    report: {
      ...(review.report ? reportText(review.report) : emptyReport(language)),
      edited: REPORT_SECTIONS,
    },
    findings: findingsOf(review),
    marks: marksOf(review),
  };
}

/** Marks of a signed review, with names for the time they are on the screen. */
export function marksOf(review: SignedVersionFragment): DraftMark[] {
  return review.marks.map((mark, index) =>
    fromKeptMark(`${review.id}-${index}`, mark),
  );
}

/** Findings of a signed review; of before they were kept, what its label says. */
export function findingsOf(review: SignedVersionFragment): DraftFinding[] {
  const kept = fromKept(review.findings, marksOf(review));
  return findingsUnder(review.label, kept);
}

/** What is kept of an amendment; nothing while it says what is signed. */
export function typedAmendment(
  work: AmendmentWork | null,
  signed: AmendmentDraft | null,
): Typed {
  if (work === null || signed === null) return NOTHING_TYPED;
  // By what they say: marks have other names on each screen.
  const draft = toKept(work.draft);
  const isSame = JSON.stringify(draft) === JSON.stringify(toKept(signed));
  return { text: work.reason, draft: isSame ? null : draft };
}

/** An amendment taken up again; what it does not say is as it is signed. */
export function keptAmendment(
  kept: Pick<KeptText, "text" | "draft">,
  signed: AmendmentDraft,
): AmendmentWork {
  const { draft, text: reason } = kept;
  if (!draft) return { draft: signed, reason };
  const marks = draft.marks.map((mark, index) =>
    fromKeptMark(`kept-${index}`, mark),
  );
  const report: ReportDraft = draft.report
    ? { ...reportText(draft.report), edited: REPORT_SECTIONS }
    : signed.report;
  return {
    reason,
    draft: {
      label: draft.label ?? signed.label,
      decision: draft.decision ?? signed.decision,
      overrideReason: draft.overrideReason ?? null,
      notDiagnosticReason: draft.notDiagnosticReason ?? null,
      retakeAsked: draft.retakeAsked,
      comment: draft.comment,
      report,
      findings: fromKept(draft.findings, marks),
      marks,
    },
  };
}

function toKept(draft: AmendmentDraft): ReadingDraftInput {
  return {
    label: draft.label,
    decision: draft.decision,
    overrideReason: draft.overrideReason,
    notDiagnosticReason: draft.notDiagnosticReason,
    retakeAsked: draft.retakeAsked,
    comment: draft.comment,
    report: { ...reportText(draft.report), edited: [...draft.report.edited] },
    findings: toFindingInput(draft.findings, draft.marks),
    marks: draft.marks.map(toMarkInput),
  };
}
