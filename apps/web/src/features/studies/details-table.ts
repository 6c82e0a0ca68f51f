import type { Sex } from "../../gql/graphql.ts";
import { readDay } from "../../lib/typed-day.ts";
import {
  CLINICAL_FLAGS,
  type DetailsField,
  type FilmDetails,
} from "./film-details.ts";

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
};

export interface DetailsTable {
  /** Details by file name, as it was written. */
  byFile: ReadonlyMap<string, Partial<FilmDetails>>;
  /** Headings that mean nothing here. */
  unknownHeadings: readonly string[];
}

export type TableProblem = "empty" | "no-file-column";

/**
 * Reads a table as it comes out of a spreadsheet: by tabs, semicolons or
 * commas, with quotes, the first line naming the columns.
 */
export function parseDetailsTable(text: string): DetailsTable | TableProblem {
  const rows = parseRows(text);
  const [headings, ...lines] = rows;
  if (!headings || lines.length === 0) return "empty";
  const fields = headings.map(fieldOf);
  const fileAt = fields.indexOf("file");
  if (fileAt < 0) return "no-file-column";
  const byFile = new Map<string, Partial<FilmDetails>>();
  for (const line of lines) {
    const file = line[fileAt]?.trim();
    if (!file) continue;
    const details: Partial<FilmDetails> = {};
    fields.forEach((field, at) => {
      const value = line[at]?.trim();
      if (field && field !== "file" && value) {
        Object.assign(details, { [field]: valueOf(field, value) });
      }
    });
    byFile.set(file, details);
  }
  const unknownHeadings = headings.filter((_, at) => !fields[at]);
  return { byFile, unknownHeadings };
}

/**
 * The line of a table that is about a file: by its whole name, by the last
 * part of its path, or by the name without its ending.
 */
export function detailsForFile(
  table: DetailsTable,
  fileName: string,
): Partial<FilmDetails> | undefined {
  const wanted = namesOf(fileName);
  for (const [name, details] of table.byFile) {
    if (namesOf(name).some((one) => wanted.includes(one))) return details;
  }
  return undefined;
}

function namesOf(fileName: string): string[] {
  const base = fileName.split(/[/\\]/).at(-1)?.toLowerCase() ?? "";
  return [base, base.replace(/\.[a-z0-9]{1,5}$/, "")];
}

function fieldOf(heading: string): "file" | DetailsField | undefined {
  const wanted = plain(heading).replace(/[_-]+/g, " ");
  const match = Object.entries(HEADINGS).find(([name, words]) =>
    [name.toLowerCase(), ...words].includes(wanted),
  );
  // the keys of HEADINGS are exactly these names
  return match?.[0] as "file" | DetailsField | undefined;
}

function valueOf(field: DetailsField, value: string): unknown {
  // What is no day stays, so that the form can say so.
  if (field === "birthDate") return readDay(value) ?? value;
  if (field === "sex") return SEX_WORDS[plain(value)] ?? "UNKNOWN";
  if (field !== "clinicalFlags") return value;
  const words = value.split(/[\s,;|]+/).map((word) => word.toLowerCase());
  return CLINICAL_FLAGS.filter((flag) => words.includes(flag));
}

function plain(text: string): string {
  return text
    .trim()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/gi, "d")
    .toLowerCase();
}

function parseRows(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, "").trim();
  const firstLine = clean.split(/\r?\n/, 1)[0] ?? "";
  const separator =
    ["\t", ";", ","].find((sign) => firstLine.includes(sign)) ?? ",";
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (let at = 0; at < clean.length; at += 1) {
    const sign = clean[at] ?? "";
    if (isQuoted && sign === '"' && clean[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"' && (isQuoted || cell === "")) {
      isQuoted = !isQuoted;
    } else if (isQuoted) {
      cell += sign;
    } else if (sign === separator) {
      endCell();
    } else if (sign === "\n") {
      endCell();
      rows.push([]);
    } else if (sign !== "\r") {
      cell += sign;
    }
  }
  endCell();
  return rows.filter((row) => row.some((value) => value.trim() !== ""));
}
