import { findingsUnder, toFindingInput } from "../findings/draft-findings.ts";
import type { ReadingDraft } from "../readings/reading-draft.ts";
import { isEmptyReport } from "../report-text/report-draft.ts";

/** What of a draft goes over; findings and the marks that show them are one. */
export type DraftPart = "findings" | "report" | "comment";

/** What a colleague's draft says that one's own can take. */
function partsOf(theirs: ReadingDraft): DraftPart[] {
  const { findings, marks, report, comment } = theirs;
  return [
    ...(findings.length + marks.length > 0 ? (["findings"] as const) : []),
    ...(report && !isEmptyReport(report) ? (["report"] as const) : []),
    ...(comment.trim() === "" ? [] : (["comment"] as const)),
  ];
}

/** What the reader typed himself that would be lost by taking theirs. */
export function replacedParts(
  own: ReadingDraft,
  theirs: ReadingDraft,
): DraftPart[] {
  const isTyped: Record<DraftPart, boolean> = {
    findings: own.marks.length > 0 || hasOwnFindings(own),
    report: own.report !== null && !isEmptyReport(own.report),
    comment: own.comment.trim() !== "",
  };
  return partsOf(theirs).filter((part) => isTyped[part]);
}

/** More than what the label says by itself. */
function hasOwnFindings({ label, findings }: ReadingDraft): boolean {
  const said = (of: ReadingDraft["findings"]) =>
    JSON.stringify(toFindingInput(of, []));
  return said(findings) !== said(findingsUnder(label, []));
}

/**
 * The change to one's own draft that takes theirs. Label and decision stay
 * one's own, and what denies them does not come along.
 */
export function takenDraft(
  own: ReadingDraft,
  theirs: ReadingDraft,
): Partial<ReadingDraft> {
  const parts = partsOf(theirs);
  const { findings, marks, report, comment } = theirs;
  return {
    ...(parts.includes("findings")
      ? { findings: findingsUnder(own.label, findings), marks }
      : {}),
    ...(parts.includes("report") ? { report } : {}),
    ...(parts.includes("comment") ? { comment } : {}),
  };
}
