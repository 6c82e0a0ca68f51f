import { Prisma } from "@lung-iris/prisma";
import { z } from "zod";
import { BadInputError } from "../../errors.ts";

/** The parts of a report, in the order in which it is read. */
export const REPORT_SECTIONS = [
  "indication",
  "technique",
  "comparison",
  "findings",
  "impression",
] as const;
export type ReportSection = (typeof REPORT_SECTIONS)[number];

/** Languages in which a report can be written. */
export const REPORT_LANGUAGES = ["en", "vi"] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

/** Longest section and addendum, in characters: more than a page of a print. */
export const MAX_SECTION = 4_000;
/** Addenda of one report; who needs more amends it. */
export const MAX_ADDENDA = 20;

const text = z.string().max(MAX_SECTION);
const sections = {
  language: z.enum(REPORT_LANGUAGES),
  indication: text.default(""),
  technique: text.default(""),
  comparison: text.default(""),
  findings: text.default(""),
  impression: text.default(""),
};

/** The text of every section. */
export type ReportTexts = Record<ReportSection, string>;

/**
 * A report that is being written. `edited` are the sections that the reader
 * typed in: a suggestion does not take their place without being asked to.
 */
export const reportDraft = z
  .object({
    ...sections,
    edited: z.array(z.enum(REPORT_SECTIONS)).max(REPORT_SECTIONS.length),
  })
  .strict();
export type ReportDraft = z.infer<typeof reportDraft>;

const addendum = z.object({ text: text.min(1), addedAt: z.iso.datetime() });

const signedReport = z.object({
  ...sections,
  addenda: z.array(addendum).max(MAX_ADDENDA).default([]),
});

/** A report as it was signed. */
export type Report = z.infer<typeof signedReport>;

/** The JSON column read back with its type; null where none was written. */
export function readReport(value: unknown): Report | null {
  return value === null ? null : signedReport.parse(value);
}

/** The column of a report; SQL's null where there is none. */
export function reportColumn(report: Report | null) {
  return report ?? Prisma.DbNull;
}

/**
 * What is signed of what was typed: trimmed, and null where nothing was, so
 * that an empty form is no report.
 *
 * @throws BAD_USER_INPUT naming the first section that is too long.
 */
export function checkReport(input: unknown): Report | null {
  const parsed = signedReport.omit({ addenda: true }).safeParse(input);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new BadInputError(
      `A section of a report has at most ${String(MAX_SECTION)} characters.`,
      [`input.report.${path}`],
    );
  }
  const { language, ...texts } = parsed.data;
  const trimmed = trimSections(texts);
  const isEmpty = REPORT_SECTIONS.every((section) => trimmed[section] === "");
  return isEmpty ? null : { language, ...trimmed, addenda: [] };
}

function trimSections(texts: ReportTexts): ReportTexts {
  return {
    indication: texts.indication.trim(),
    technique: texts.technique.trim(),
    comparison: texts.comparison.trim(),
    findings: texts.findings.trim(),
    impression: texts.impression.trim(),
  };
}

/**
 * The report with words added after it was signed; nothing of it changes. A
 * reading that had no report has one of addenda alone.
 *
 * @throws BAD_USER_INPUT for an empty text, or where there are too many.
 */
export function withAddendum(
  report: Report | null,
  added: { text: string; at: Date; language: ReportLanguage },
): Report {
  const words = added.text.trim();
  if (words === "" || words.length > MAX_SECTION) {
    throw new BadInputError(
      `An addendum has 1 to ${String(MAX_SECTION)} characters.`,
      ["text"],
    );
  }
  const base = report ?? signedReport.parse({ language: added.language });
  if (base.addenda.length >= MAX_ADDENDA) {
    throw new BadInputError(
      "This report has all the addenda that it can have: amend it.",
      ["text"],
    );
  }
  const addedAt = added.at.toISOString();
  return { ...base, addenda: [...base.addenda, { text: words, addedAt }] };
}
