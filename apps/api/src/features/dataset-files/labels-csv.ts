import { CSV_MARK, csvCell } from "../../platform/csv.ts";

/** One film of the export; `null` is an empty cell. */
export interface LabelRow {
  case: string;
  patient: string;
  image: string;
  label: string;
  /** How much the label is worth; see features/labels. */
  grade: string;
  /** Codes of the catalogue that the label says are there, with | between. */
  findings_present: string;
  /** … that it says are not there. */
  findings_absent: string;
  /** … of which the readers were not sure; of all others nothing was said. */
  findings_uncertain: string;
  split: string;
  decided_by: string;
  decision: string;
  /** Of the signed label; empty where the AI said nothing. */
  agrees_with_ai: boolean | null;
  override_reason: string | null;
  /** What the reader said before the AI was shown. */
  blind_label: string | null;
  blind_agrees_with_final: boolean | null;
  /** Why the AI was followed against the blind label. */
  change_reason: string | null;
  review_version: number;
  ai_assessed: boolean;
  ai_not_assessed_reason: string | null;
  ai_probability: number | null;
  ai_threshold: number | null;
  model_name: string | null;
  model_sha256: string | null;
  /** Whole years, 90 for everybody of 90 and more (45 CFR 164.514(b)(2)). */
  age_years: number | null;
  sex: string;
  view: string | null;
  modality: string;
  study_year: number | null;
  /** Whole days from the examination to the signature. */
  signed_day_offset: number | null;
  width: number;
  height: number;
  source_bits: number;
  source_format: string;
}

const COLUMNS: readonly (keyof LabelRow)[] = [
  "case",
  "patient",
  "image",
  "label",
  "grade",
  "findings_present",
  "findings_absent",
  "findings_uncertain",
  "split",
  "decided_by",
  "decision",
  "agrees_with_ai",
  "override_reason",
  "blind_label",
  "blind_agrees_with_final",
  "change_reason",
  "review_version",
  "ai_assessed",
  "ai_not_assessed_reason",
  "ai_probability",
  "ai_threshold",
  "model_name",
  "model_sha256",
  "age_years",
  "sex",
  "view",
  "modality",
  "study_year",
  "signed_day_offset",
  "width",
  "height",
  "source_bits",
  "source_format",
];

/**
 * The table of labels for people: RFC 4180, UTF-8 with its mark, a header
 * line first. No cell is of digits that a spreadsheet would shorten: numbers
 * are measures, and every name begins with a letter.
 */
export function labelsCsv(rows: readonly LabelRow[]): string {
  const lines = rows.map((row) =>
    COLUMNS.map((column) => csvCell(row[column])).join(","),
  );
  return CSV_MARK + [COLUMNS.join(","), ...lines, ""].join("\r\n");
}
