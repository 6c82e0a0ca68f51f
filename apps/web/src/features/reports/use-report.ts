"use client";

import { skipToken, useApolloClient, useQuery } from "@apollo/client/react";
import { useLocale } from "next-intl";
import type {
  Label,
  ReportLanguage,
  ReportSection,
} from "../../gql/graphql.ts";
import {
  type DraftFinding,
  toFindingInput,
} from "../findings/draft-findings.ts";
import {
  composedReport,
  followed,
  isEmptyReport,
  type ReportDraft,
  type ReportText,
  type ReportTexts,
  typedIn,
} from "../report-text/report-draft.ts";
import { REPORT_SUGGESTION } from "./report-queries.ts";

/** A report on the screen and everything that can be done with it. */
export interface ReportState {
  report: ReportText;
  edited: readonly ReportSection[];
  /** What the choices suggest now; null before it is there. */
  suggestion: ReportTexts | null;
  isSuggesting: boolean;
  /** Why nothing could be suggested. */
  error: unknown;
  write: (section: ReportSection, text: string) => void;
  /** Puts the suggestion in the place of what was typed. */
  follow: (section: ReportSection) => void;
  setLanguage: (language: ReportLanguage) => void;
  /**
   * The report as it is to be signed, once the suggestion for the choices of
   * now is there; null where every section is empty.
   */
  settled: () => Promise<ReportText | null>;
}

interface ReportInput {
  caseId: string;
  label: Label | null;
  findings: readonly DraftFinding[];
  draft: ReportDraft | null;
  onChange: (draft: ReportDraft) => void;
  /** Nothing is asked for before the reader may write. */
  isActive: boolean;
}

/** The language in which somebody with this screen writes. */
export function languageOf(locale: string): ReportLanguage {
  return locale === "vi" ? "VI" : "EN";
}

/** The report of a reading, between what was typed and what is suggested. */
export function useReport(input: ReportInput): ReportState {
  const { caseId, label, draft, onChange, isActive } = input;
  // Which marks show a finding is in no sentence.
  const findings = toFindingInput(input.findings, []);
  const client = useApolloClient();
  const locale = useLocale();
  const language = draft?.language ?? languageOf(locale);
  const variables = { caseId, label, findings, language };
  const { data, previousData, loading, error } = useQuery(
    REPORT_SUGGESTION,
    isActive ? { variables } : skipToken,
  );
  // The one before stays on the screen until the next is there.
  const shown = data ?? (loading ? previousData : undefined);
  const suggestion = shown?.reportSuggestion ?? null;
  const edited = draft?.edited ?? [];
  const report = composedReport(draft, suggestion, language);
  return {
    report,
    edited,
    suggestion,
    isSuggesting: loading,
    error,
    write: (section, text) => onChange(typedIn(report, edited, section, text)),
    follow: (section) => onChange(followed(report, edited, section)),
    setLanguage: (next) => onChange({ ...report, language: next, edited }),
    settled: async () => {
      const answer = await client.query({
        query: REPORT_SUGGESTION,
        variables,
      });
      const now = composedReport(
        draft,
        answer.data?.reportSuggestion ?? null,
        language,
      );
      return isEmptyReport(now) ? null : now;
    },
  };
}
