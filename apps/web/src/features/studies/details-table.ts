import type { Sex } from "../../gql/graphql.ts";
import {
  CLINICAL_FLAGS,
  type DetailsField,
  type FilmDetails,
} from "./film-details.ts";
import { plainText } from "../../lib/plain-text.ts";
import { readTableRows } from "./table-rows.ts";
import {
  type ColumnOrder,
  hasTwoReadings,
  orderOfDays,
  readDayIn,
} from "./table-days.ts";

/** Headings that a table may use for each field, in lower case, no accents. */
const HEADINGS: Record<"file" | DetailsField, readonly string[]> = {
  file: ["file", "filename", "file name", "image", "tep", "ten tep", "phim"],
  mrn: [
    "mrn",
    "record",
    "record number",
    "patient id",
    "patientid",
    "id",
    "ma ho so",
    "ma benh nhan",
  ],
  patientName: [
    "name",
    "patient",
    "patient name",
    "ten",
    "ho ten",
    "benh nhan",
  ],
  birthDate: ["birth date", "birthdate", "date of birth", "dob", "ngay sinh"],
  sex: ["sex", "gender", "gioi", "gioi tinh"],
  ageYears: ["age", "age years", "ageyears", "tuoi"],
  weightKg: ["weight", "weight kg", "weightkg", "can nang"],
  viewPosition: ["view", "view position", "projection", "tu the"],
  accessionNumber: ["accession", "accession number", "so phieu"],
  clinicalFlags: ["flags", "clinical flags", "dau hieu"],
  clinicalNote: ["note", "clinical note", "history", "ghi chu", "benh su"],
};

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
  const [headings, ...rows] = readTableRows(text);
  if (!headings || rows.length === 0) return "empty";
  const fields = headings.map(fieldOf);
  const fileAt = fields.indexOf("file");
  if (fileAt < 0) return "no-file-column";
  const bornAt = fields.indexOf("birthDate");
  const days = orderOfDays(rows.map((row) => row[bornAt] ?? ""));
  const doubts: TableDoubt[] = [];
  const lines: DetailsLine[] = [];
  for (const row of rows) {
    const file = cellText(row[fileAt]);
    if (!file) continue;
    const details: Partial<FilmDetails> = {};
    fields.forEach((field, at) => {
      const value = cellText(row[at]);
      if (!field || field === "file" || !value) return;
      const { used, doubt } = readCell(field, value, days);
      if (doubt) doubts.push({ kind: doubt, file, value });
      if (used !== undefined) Object.assign(details, { [field]: used });
    });
    lines.push({ file, details });
  }
  const unknownHeadings = headings.filter((_, at) => !fields[at]);
  const { kept, twice } = oncePerFile(lines);
  return { lines: kept, doubts: [...twice, ...doubts], unknownHeadings };
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

/** "9.87654E+12", "12345.0", or more digits than a spreadsheet keeps. */
const ROUNDED =
  /^[+-]?\d+[.,]\d+e[+-]?\d+$|^[+-]?\d+e[+-]\d+$|^\d+[.,]0+$|^\d{16,}$/iu;
const MOST_DIGITS = 15;
const SHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|NUM!|DIV\/0!|NULL!|#+)$/iu;

interface ReadCell {
  used?: unknown;
  doubt?: TableDoubt["kind"];
}

function readCell(
  field: DetailsField,
  value: string,
  days: ColumnOrder,
): ReadCell {
  if (SHEET_ERROR.test(value)) return { doubt: "sheet-error" };
  if (field === "mrn" || field === "accessionNumber") {
    return isRounded(value) ? { doubt: "rounded-number" } : { used: value };
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

/** A spreadsheet keeps fifteen digits; the rest of a longer number is zeros. */
function isRounded(value: string): boolean {
  if (!ROUNDED.test(value)) return false;
  if (!/^\d+$/u.test(value)) return true;
  return value.length > MOST_DIGITS && /^0+$/u.test(value.slice(MOST_DIGITS));
}

function fieldOf(heading: string): "file" | DetailsField | undefined {
  const wanted = plainText(heading.trim()).replace(/[_-]+/g, " ");
  const match = Object.entries(HEADINGS).find(([name, words]) =>
    [name.toLowerCase(), ...words].includes(wanted),
  );
  // the keys of HEADINGS are exactly these names
  return match?.[0] as "file" | DetailsField | undefined;
}
