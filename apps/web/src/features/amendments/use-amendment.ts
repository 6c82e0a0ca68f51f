"use client";

import { useMutation } from "@apollo/client/react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type { Label, SignedVersionFragment } from "../../gql/graphql.ts";
import { isSameTyped, NOTHING_TYPED } from "../kept-texts/kept-text.ts";
import { type Kept, useKept } from "../kept-texts/use-kept.ts";
import {
  emptyReport,
  isEmptyReport,
  type ReportText,
} from "../report-text/report-draft.ts";
import { languageOf } from "../reports/use-report.ts";
import {
  type AmendmentDraft,
  type AmendmentWork,
  keptAmendment,
  signedDraft,
  typedAmendment,
} from "./amendment-draft.ts";
import {
  decisionFor,
  missingParts,
  type MissingPart,
  overrideReasonsFor,
  type Suggestion,
} from "../decisions/decision-rules.ts";
import {
  contradicts,
  type DraftFinding,
  findingsUnder,
  labelUnder,
  toFindingInput,
} from "../findings/draft-findings.ts";
import { notDiagnosticInput, toMarkInput } from "../readings/reading-draft.ts";
import { AMEND_READING } from "../readings/reading-mutations.ts";

export interface Amendment {
  /** null while nothing is being amended */
  draft: AmendmentDraft | null;
  /** why, as far as it is typed */
  reason: string;
  /** what is signed, as a draft: what an amendment is compared with */
  signed: AmendmentDraft | null;
  /** One that was begun waits to be gone on with; it is closed. */
  isWaiting: boolean;
  /** Whether it is with the server, and since when. */
  kept: Kept<AmendmentWork | null>;
  missing: readonly MissingPart[];
  isBusy: boolean;
  error: unknown;
  /** Begins one, or goes on with the one that waits. */
  start: () => void;
  /** Closes it; what was typed waits. */
  close: () => void;
  /** Closes it and forgets what was typed. */
  discard: () => void;
  update: (change: Partial<AmendmentDraft>) => void;
  setReason: (reason: string) => void;
  setLabel: (label: Label) => void;
  setFindings: (findings: readonly DraftFinding[]) => void;
  /**
   * @param settled the report as it is to be signed; null where it is empty
   * @returns whether the next version was signed
   */
  sign: (
    confirmsChestFilm: boolean,
    settled: () => Promise<ReportText | null>,
  ) => Promise<boolean>;
}

interface AmendmentOf {
  caseId: string;
  review: SignedVersionFragment | null;
  shown: Suggestion | null;
  /** What is unsaved while the server cannot keep it. */
  label: string;
  refetch: () => Promise<unknown>;
}

/** The next version of a signed review; the signed one stays as it is. */
export function useAmendment(of: AmendmentOf): Amendment {
  const { caseId, review, shown } = of;
  const t = useTranslations("readings.amend");
  const notify = useNotify();
  const language = languageOf(useLocale());
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [amendReading, { loading }] = useMutation(AMEND_READING);
  const signed = review && signedDraft(review, language);
  const kept = useKept<AmendmentWork | null>({
    about: { caseId, kind: "AMENDMENT", aboutId: review?.id ?? caseId },
    start: null,
    toTyped: (work) => typedAmendment(work, signed),
    fromKept: (found) => signed && keptAmendment(found, signed),
    label: of.label,
  });
  const work = kept.value;
  const isTyped = !isSameTyped(typedAmendment(work, signed), NOTHING_TYPED);
  const draft = isOpen && work ? work.draft : null;
  // A film signed as not diagnostic without a look at the AI answers none.
  const suggestion = review?.prediction ? shown : null;
  const update = (change: Partial<AmendmentDraft>) => {
    kept.setValue(
      (now) => now && { ...now, draft: { ...now.draft, ...change } },
    );
  };
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
    setOpen(false);
    setError(null);
  };
  return {
    draft,
    reason: work?.reason ?? "",
    signed,
    isWaiting: !isOpen && isTyped,
    kept,
    missing: draft
      ? missingParts({
          ...draft,
          hasContradiction: contradicts(draft.findings, draft.label),
        })
      : [],
    isBusy: loading,
    error,
    start: () => {
      if (!signed) return;
      if (!isTyped) kept.setValue({ draft: signed, reason: "" });
      setOpen(true);
    },
    close,
    discard: () => {
      kept.discard();
      close();
      if (isTyped) notify.done(t("discarded"), () => kept.setValue(work));
    },
    update,
    setReason: (reason) => kept.setValue((now) => now && { ...now, reason }),
    setLabel: (label) => {
      if (draft) decide(label, findingsUnder(label, draft.findings));
    },
    setFindings: (findings) => {
      if (!draft) return;
      const label = labelUnder(findings, draft.label);
      if (label === draft.label || label === null) update({ findings });
      else decide(label, findings);
    },
    sign: async (confirmsChestFilm, settled) => {
      if (!work || !review) return false;
      setError(null);
      try {
        const said = amendmentInput(work, review, await settled());
        const input = { ...said, confirmsChestFilm };
        await kept.send(() => amendReading({ variables: { input } }));
        await of.refetch();
        close();
        return true;
      } catch (thrown) {
        setError(thrown);
        return false;
      }
    },
  };
}

function amendmentInput(
  { draft, reason }: AmendmentWork,
  review: SignedVersionFragment,
  settled: ReportText | null,
) {
  const report = settled ?? emptyReport(draft.report.language);
  return {
    versionId: review.id,
    label: draft.label,
    decision: draft.decision,
    overrideReason: draft.overrideReason,
    ...notDiagnosticInput(draft),
    // How sure the reader was stays as it was said.
    confidence: review.confidence ?? null,
    comment: draft.comment.trim() || null,
    report: review.report || !isEmptyReport(report) ? report : null,
    findings: toFindingInput(draft.findings, draft.marks),
    marks: draft.marks.map(toMarkInput),
    amendReason: reason.trim(),
  };
}
