import type {
  ReportInput,
  ReportLanguage,
  ReportSection,
} from "../../gql/graphql.ts";

/** The sections in the order in which a report is read. */
export const REPORT_SECTIONS = [
  "INDICATION",
  "TECHNIQUE",
  "COMPARISON",
  "FINDINGS",
  "IMPRESSION",
] as const satisfies readonly ReportSection[];

const FIELD = {
  INDICATION: "indication",
  TECHNIQUE: "technique",
  COMPARISON: "comparison",
  FINDINGS: "findings",
  IMPRESSION: "impression",
} as const satisfies Record<ReportSection, keyof ReportInput>;

/** The text of every section. */
export type ReportTexts = Record<(typeof FIELD)[ReportSection], string>;

/** A report in its language, as it would be signed. */
export type ReportText = ReportTexts & { language: ReportLanguage };

/** A report that is being written, and what of it the reader typed. */
export type ReportDraft = ReportText & { edited: readonly ReportSection[] };

/** As many characters as the API takes in a section. */
export const MAX_SECTION = 4000;

export function textOf(texts: ReportTexts, section: ReportSection): string {
  return texts[FIELD[section]];
}

export function withText<T extends ReportTexts>(
  texts: T,
  section: ReportSection,
  text: string,
): T {
  return { ...texts, [FIELD[section]]: text };
}

/** Takes only what a report has: answers of the API carry more. */
export function reportText(from: ReportText): ReportText {
  const { language, indication, technique, comparison } = from;
  const { findings, impression } = from;
  return { language, indication, technique, comparison, findings, impression };
}

export function emptyReport(language: ReportLanguage): ReportText {
  const none = { indication: "", technique: "", comparison: "" };
  return { language, ...none, findings: "", impression: "" };
}

export function isEmptyReport(texts: ReportTexts): boolean {
  return REPORT_SECTIONS.every(
    (section) => textOf(texts, section).trim() === "",
  );
}

/**
 * The report as it reads now: what the reader typed, and for the rest what
 * the choices suggest. A section that was typed in is never written over.
 */
export function composedReport(
  draft: ReportDraft | null,
  suggestion: ReportTexts | null,
  language: ReportLanguage,
): ReportText {
  const typed = draft?.edited ?? [];
  return REPORT_SECTIONS.reduce(
    (report, section) => {
      const isTyped = draft !== null && typed.includes(section);
      const text = isTyped
        ? textOf(draft, section)
        : suggestion
          ? textOf(suggestion, section)
          : "";
      return withText(report, section, text);
    },
    emptyReport(draft?.language ?? language),
  );
}

/** The draft once the reader has typed in a section. */
export function typedIn(
  report: ReportText,
  edited: readonly ReportSection[],
  section: ReportSection,
  text: string,
): ReportDraft {
  return {
    ...withText(report, section, text),
    edited: edited.includes(section) ? edited : [...edited, section],
  };
}

/** The draft once a section follows the suggestion again. */
export function followed(
  report: ReportText,
  edited: readonly ReportSection[],
  section: ReportSection,
): ReportDraft {
  return { ...report, edited: edited.filter((other) => other !== section) };
}
