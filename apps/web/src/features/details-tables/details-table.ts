import type { Sex } from "../../gql/graphql.ts";
import {
  CLINICAL_FLAGS,
  type FilmDetails,
} from "../film-details/film-details.ts";
import { plainText } from "../../lib/plain-text.ts";
import { type ColumnField, fieldOf, headingRow } from "./table-headings.ts";
import { isChanged, shortenedNumbers } from "./table-numbers.ts";
import { SEPARATORS, readTableRows } from "./table-rows.ts";
import {
  type ColumnOrder,
  hasTwoReadings,
  orderOfDays,
  readDayIn,
} from "./table-days.ts";

const SEX_WORDS: Record<string, Sex> = {
  f: "FEMALE",
  female: "FEMALE",
  nu: "FEMALE",
  m: "MALE",
  male: "MALE",
  nam: "MALE",
  o: "OTHER",
  x: "OTHER",
  other: "OTHER",
  khac: "OTHER",
  u: "UNKNOWN",
  unknown: "UNKNOWN",
  "khong ro": "UNKNOWN",
};

/** One line: the file that it names and what it says of it. */
export interface DetailsLine {
  file: string;
  details: Partial<FilmDetails>;
}

/** Something in a table that a person should look at. */
export interface TableDoubt {
  kind:
    /** A number that a spreadsheet has rounded; it is not used. */
    | "rounded-number"
    /** Shorter than the others of its column, which begin with zeros. */
    | "lost-zeros"
    /** An error of the spreadsheet's; it is not used. */
    | "sheet-error"
    /** A word for a sex that is not known here; it is not used. */
    | "unknown-sex"
    /** Day and month could change places; the day was taken to come first. */
    | "day-or-month"
    /** Some days of the column begin with the month, others do not: not used. */
    | "mixed-days"
    /** Two lines of one file disagree; neither is used. */
    | "named-twice";
  file: string;
  value: string;
}

export interface DetailsTable {
  lines: readonly DetailsLine[];
  doubts: readonly TableDoubt[];
  /** Headings that mean nothing here. */
  unknownHeadings: readonly string[];
}

export type TableProblem = "empty" | "no-file-column";

/**
 * Reads a table as it comes out of a spreadsheet: by tabs, semicolons or
 * commas, with quotes, the first line naming the columns.
 */
export function parseDetailsTable(text: string): DetailsTable | TableProblem {
  const all = rowsOf(text);
  if (all.length < 2) return "empty";
  const headingAt = headingRow(all);
  if (headingAt < 0) return "no-file-column";
  const headings = all[headingAt] ?? [];
  const rows = all.slice(headingAt + 1);
  if (rows.length === 0) return "empty";
  const fields = columnsOf(headings);
  const fileAt = fields.indexOf("file");
  const bornAt = fields.indexOf("birthDate");
  const days = orderOfDays(rows.map((row) => row[bornAt] ?? ""));
  const doubts: TableDoubt[] = [];
  const lines: DetailsLine[] = [];
  for (const row of rows) {
    const file = cellText(row[fileAt]);
    if (!file) continue;
    const cells: Partial<Record<ColumnField, unknown>> = {};
    fields.forEach((field, at) => {
      const value = cellText(row[at]);
      if (!field || field === "file" || !value) return;
      const { used, doubt } = readCell(field, value, days);
      if (doubt) doubts.push({ kind: doubt, file, value });
      if (used !== undefined) Object.assign(cells, { [field]: used });
    });
    lines.push({ file, details: withWholeName(cells) });
  }
  for (const field of ["mrn", "accessionNumber"] as const) {
    const numbers = lines.map(({ file, details }) => ({
      file,
      value: details[field] ?? "",
    }));
    for (const one of shortenedNumbers(numbers))
      doubts.push({ kind: "lost-zeros", ...one });
  }
  const unknownHeadings = headings.filter(
    (heading, at) => !fields[at] && heading.trim() !== "",
  );
  const { kept, twice } = oncePerFile(lines);
  return { lines: kept, doubts: [...twice, ...doubts], unknownHeadings };
}

/** By the sign that the first line has; below a title, by that of the headings. */
function rowsOf(text: string): string[][] {
  const plain = readTableRows(text);
  if (headingRow(plain) >= 0) return plain;
  const others = SEPARATORS.map((sign) => readTableRows(text, sign));
  return others.find((rows) => headingRow(rows) >= 0) ?? plain;
}

/**
 * What each column holds. Of two columns for one field the first counts; a
 * given name is often headed like a whole one beside a column of family names.
 */
function columnsOf(headings: readonly string[]): (ColumnField | undefined)[] {
  const named = headings.map(fieldOf);
  const hasFamily = named.includes("familyName");
  const fields = named.map((field) =>
    field === "patientName" && hasFamily ? "givenName" : field,
  );
  return fields.map((field, at) =>
    field !== undefined && fields.indexOf(field) === at ? field : undefined,
  );
}

/** The name of two columns in one, as DICOM and this desk put them together. */
function withWholeName({
  familyName,
  givenName,
  ...details
}: Partial<Record<ColumnField, unknown>>): Partial<FilmDetails> {
  const parts = [familyName, givenName].filter(
    (part) => typeof part === "string",
  );
  const name = parts.length === 0 ? {} : { patientName: parts.join(", ") };
  // The cells of each field were read by readCell for that very field.
  return { ...name, ...details } as Partial<FilmDetails>;
}

/** Lines that repeat one another are one; those that disagree are none. */
function oncePerFile(lines: readonly DetailsLine[]): {
  kept: DetailsLine[];
  twice: TableDoubt[];
} {
  const byFile = new Map<string, DetailsLine[]>();
  for (const line of lines) {
    byFile.set(line.file, [...(byFile.get(line.file) ?? []), line]);
  }
  const kept: DetailsLine[] = [];
  const twice: TableDoubt[] = [];
  for (const [file, [first, ...others]] of byFile) {
    if (!first) continue;
    const text = JSON.stringify(first.details);
    if (others.every(({ details }) => JSON.stringify(details) === text)) {
      kept.push(first);
    } else {
      kept.push({ file, details: {} });
      twice.push({ kind: "named-twice", file, value: file });
    }
  }
  return { kept, twice };
}

/** A cell without what spreadsheets put around text to keep it as it is. */
function cellText(cell: string | undefined): string {
  const text = cell?.trim() ?? "";
  const formula = /^="([^"]*)"$/u.exec(text)?.[1];
  return (formula ?? text.replace(/^'(?=.)/u, "")).trim();
}

const SHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|NUM!|DIV\/0!|NULL!|#+)$/iu;

interface ReadCell {
  used?: unknown;
  doubt?: TableDoubt["kind"];
}

function readCell(
  field: ColumnField,
  value: string,
  days: ColumnOrder,
): ReadCell {
  if (SHEET_ERROR.test(value)) return { doubt: "sheet-error" };
  if (field === "mrn" || field === "accessionNumber") {
    return isChanged(value) ? { doubt: "rounded-number" } : { used: value };
  }
  if (field === "birthDate") return readBirthDate(value, days);
  if (field === "sex") {
    const used = SEX_WORDS[plainText(value.trim())];
    return used ? { used } : { doubt: "unknown-sex" };
  }
  if (field !== "clinicalFlags") return { used: value };
  const words = value.split(/[\s,;|]+/).map((word) => word.toLowerCase());
  return { used: CLINICAL_FLAGS.filter((flag) => words.includes(flag)) };
}

/** What is no day stays, so that the form can say so. */
function readBirthDate(value: string, days: ColumnOrder): ReadCell {
  const isOpen = hasTwoReadings(value);
  if (isOpen && days.isContradictory) return { doubt: "mixed-days" };
  const used = readDayIn(value, days.order) ?? value;
  return isOpen && days.isDoubtful ? { used, doubt: "day-or-month" } : { used };
}
