import {
  REPORT_SECTIONS,
  type ReportText,
  textOf,
} from "../report-text/report-draft.ts";
import type { DraftFinding } from "../findings/draft-findings.ts";
import type { AmendmentDraft } from "./amendment-draft.ts";

/** What an amendment says otherwise than the version that is signed. */
export type AmendmentChange =
  | Pair<"label", AmendmentDraft["label"]>
  | Pair<"decision", AmendmentDraft["decision"]>
  | Pair<"overrideReason", AmendmentDraft["overrideReason"]>
  | Pair<"notDiagnosticReason", AmendmentDraft["notDiagnosticReason"]>
  | Pair<"retakeAsked", boolean>
  | (Pair<"finding", DraftFinding | null> & { code: string })
  | Pair<"marks", number>
  | Pair<"comment", string>
  | Pair<"report", ReportText>;

interface Pair<What extends string, Value> {
  what: What;
  before: Value;
  now: Value;
}

/**
 * Before and after, in the order in which a report is decided; empty where
 * both say the same.
 * @param report as it would be signed: what was typed, and what is suggested
 *   where nothing was
 */
export function amendmentChanges(
  before: AmendmentDraft,
  now: AmendmentDraft,
  report: ReportText,
): AmendmentChange[] {
  const changes: AmendmentChange[] = [];
  if (before.label !== now.label)
    changes.push({ what: "label", before: before.label, now: now.label });
  if (before.decision !== now.decision)
    changes.push({
      what: "decision",
      before: before.decision,
      now: now.decision,
    });
  if (before.overrideReason !== now.overrideReason)
    changes.push({
      what: "overrideReason",
      before: before.overrideReason,
      now: now.overrideReason,
    });
  const reasons = [before, now].map(notDiagnosticOf);
  if (reasons[0] !== reasons[1])
    changes.push({
      what: "notDiagnosticReason",
      before: notDiagnosticOf(before),
      now: notDiagnosticOf(now),
    });
  if (asksForRetake(before) !== asksForRetake(now))
    changes.push({
      what: "retakeAsked",
      before: asksForRetake(before),
      now: asksForRetake(now),
    });
  changes.push(...findingChanges(before.findings, now.findings));
  if (!isSame(before.marks, now.marks))
    changes.push({
      what: "marks",
      before: before.marks.length,
      now: now.marks.length,
    });
  if (before.comment.trim() !== now.comment.trim())
    changes.push({
      what: "comment",
      before: before.comment.trim(),
      now: now.comment.trim(),
    });
  if (changedSections(before.report, report).length > 0)
    changes.push({ what: "report", before: before.report, now: report });
  return changes;
}

/** Sections of a report that read otherwise now. */
export function changedSections(before: ReportText, now: ReportText) {
  return REPORT_SECTIONS.filter(
    (section) => textOf(before, section).trim() !== textOf(now, section).trim(),
  );
}

/** It counts with that label only. */
function notDiagnosticOf({ label, notDiagnosticReason }: AmendmentDraft) {
  return label === "NOT_DIAGNOSTIC" ? notDiagnosticReason : null;
}

function asksForRetake({ label, retakeAsked }: AmendmentDraft): boolean {
  return label === "NOT_DIAGNOSTIC" && retakeAsked;
}

function findingChanges(
  before: readonly DraftFinding[],
  now: readonly DraftFinding[],
): AmendmentChange[] {
  const codes = new Set([...before, ...now].map(({ code }) => code));
  return [...codes].flatMap((code) => {
    const was = before.find((finding) => finding.code === code) ?? null;
    const is = now.find((finding) => finding.code === code) ?? null;
    return isSame(was, is)
      ? []
      : [{ what: "finding", code, before: was, now: is } as const];
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
