"use client";

import { useMutation } from "@apollo/client/react";
import { useLocale } from "next-intl";
import { useState } from "react";
import type {
  Decision,
  Label,
  OverrideReason,
  ReportLanguage,
  SignedVersionFragment,
} from "../../gql/graphql.ts";
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
import { type DraftMark, toMarkInput } from "./reading-draft.ts";
import { AMEND_READING } from "./reading-mutations.ts";

export interface AmendmentDraft {
  label: Label;
  decision: Decision;
  overrideReason: OverrideReason | null;
  comment: string;
  /** every section counts as typed: nothing signed changes by itself */
  report: ReportDraft;
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
  /**
   * @param settled the report as it is to be signed; null where it is empty
   * @returns whether the next version was signed
   */
  sign: (
    amendReason: string,
    settled: () => Promise<ReportText | null>,
  ) => Promise<boolean>;
}

/** The next version of a signed review; the signed one stays as it is. */
export function useAmendment(
  review: SignedVersionFragment | null,
  suggestion: Suggestion | null,
  refetch: () => Promise<unknown>,
): Amendment {
  const [draft, setDraft] = useState<AmendmentDraft | null>(null);
  const language = languageOf(useLocale());
  const [error, setError] = useState<unknown>(null);
  const [amendReading, { loading }] = useMutation(AMEND_READING);
  const update = (change: Partial<AmendmentDraft>) =>
    setDraft((before) => (before ? { ...before, ...change } : before));
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
    missing: draft ? missingParts(draft) : [],
    isBusy: loading,
    error,
    start: () => {
      if (review) setDraft(draftOf(review, language));
    },
    cancel: close,
    update,
    setLabel: (label) => {
      const decision = decisionFor(label, suggestion);
      const reasons =
        suggestion && decision === "OVERRIDE"
          ? overrideReasonsFor(label, suggestion)
          : [];
      update({
        label,
        decision,
        overrideReason: reasons.length === 1 ? (reasons[0] ?? null) : null,
      });
    },
    sign: async (amendReason, settled) => {
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
              comment: draft.comment.trim() || null,
              report: review.report || !isEmptyReport(report) ? report : null,
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
  return review.marks.map((mark, index) => ({
    id: `${review.id}-${index}`,
    imageId: mark.imageId,
    finding: mark.finding,
    x: mark.x,
    y: mark.y,
    width: mark.width,
    height: mark.height,
  }));
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
    comment: review.comment ?? "",
    report: {
      ...(review.report ? reportText(review.report) : emptyReport(language)),
      edited: REPORT_SECTIONS,
    },
    marks: marksOf(review),
  };
}
