"use client";

import { useMutation } from "@apollo/client/react";
import { useLocale } from "next-intl";
import { useState } from "react";
import type {
  Decision,
  Label,
  NotDiagnosticReason,
  OverrideReason,
  ReportLanguage,
  SignedVersionFragment,
} from "../../gql/graphql.ts";
import {
  contradicts,
  type DraftFinding,
  findingsUnder,
  fromKept,
  labelUnder,
  toFindingInput,
} from "./draft-findings.ts";
import {
  decisionFor,
  missingParts,
  type MissingPart,
  overrideReasonsFor,
  type Suggestion,
} from "./decision-rules.ts";
import {
  emptyReport,
  isEmptyReport,
  REPORT_SECTIONS,
  type ReportDraft,
  reportText,
  type ReportText,
} from "../reports/report-draft.ts";
import { languageOf } from "../reports/use-report.ts";
import {
  type DraftMark,
  fromKeptMark,
  notDiagnosticInput,
  toMarkInput,
} from "./reading-draft.ts";
import { AMEND_READING } from "./reading-mutations.ts";

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

export interface Amendment {
  /** null while nothing is being amended */
  draft: AmendmentDraft | null;
  /** Something differs from the signed version. */
  isChanged: boolean;
  missing: readonly MissingPart[];
  isBusy: boolean;
  error: unknown;
  start: () => void;
  cancel: () => void;
  update: (change: Partial<AmendmentDraft>) => void;
  setLabel: (label: Label) => void;
  setFindings: (findings: readonly DraftFinding[]) => void;
  /**
   * @param settled the report as it is to be signed; null where it is empty
   * @returns whether the next version was signed
   */
  sign: (
    amendReason: string,
    confirmsChestFilm: boolean,
    settled: () => Promise<ReportText | null>,
  ) => Promise<boolean>;
}

/** The next version of a signed review; the signed one stays as it is. */
export function useAmendment(
  review: SignedVersionFragment | null,
  shown: Suggestion | null,
  refetch: () => Promise<unknown>,
): Amendment {
  const [draft, setDraft] = useState<AmendmentDraft | null>(null);
  const language = languageOf(useLocale());
  const [error, setError] = useState<unknown>(null);
  const [amendReading, { loading }] = useMutation(AMEND_READING);
  // A film signed as not diagnostic without a look at the AI answers none.
  const suggestion = review?.prediction ? shown : null;
  const update = (change: Partial<AmendmentDraft>) =>
    setDraft((before) => (before ? { ...before, ...change } : before));
  const decide = (label: Label, findings: readonly DraftFinding[]) => {
    const plain = decisionFor(label, suggestion);
    // Agreed with in part, it still is, for the same reason.
    if (draft?.decision === "PARTLY" && plain === "CONFIRM") {
      update({ label, findings });
      return;
    }
    const decision = plain;
    const reasons =
      suggestion && decision === "OVERRIDE"
        ? overrideReasonsFor(label, suggestion)
        : [];
    update({
      label,
      findings,
      decision,
      overrideReason: reasons.length === 1 ? (reasons[0] ?? null) : null,
    });
  };
  const close = () => {
    setDraft(null);
    setError(null);
  };
  return {
    draft,
    isChanged:
      draft !== null &&
      review !== null &&
      JSON.stringify(draft) !== JSON.stringify(draftOf(review, language)),
    missing: draft
      ? missingParts({
          ...draft,
          hasContradiction: contradicts(draft.findings, draft.label),
        })
      : [],
    isBusy: loading,
    error,
    start: () => {
      if (review) setDraft(draftOf(review, language));
    },
    cancel: close,
    update,
    setLabel: (label) => {
      if (draft) decide(label, findingsUnder(label, draft.findings));
    },
    setFindings: (findings) => {
      if (!draft) return;
      const label = labelUnder(findings, draft.label);
      if (label === draft.label || label === null) update({ findings });
      else decide(label, findings);
    },
    sign: async (amendReason, confirmsChestFilm, settled) => {
      if (!draft || !review) return false;
      setError(null);
      try {
        const report = (await settled()) ?? emptyReport(draft.report.language);
        await amendReading({
          variables: {
            input: {
              versionId: review.id,
              label: draft.label,
              decision: draft.decision,
              overrideReason: draft.overrideReason,
              ...notDiagnosticInput(draft),
              // How sure the reader was stays as it was said.
              confidence: review.confidence ?? null,
              confirmsChestFilm,
              comment: draft.comment.trim() || null,
              report: review.report || !isEmptyReport(report) ? report : null,
              findings: toFindingInput(draft.findings, draft.marks),
              marks: draft.marks.map(toMarkInput),
              amendReason: amendReason.trim(),
            },
          },
        });
        await refetch();
        close();
        return true;
      } catch (thrown) {
        setError(thrown);
        return false;
      }
    },
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

function draftOf(
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
