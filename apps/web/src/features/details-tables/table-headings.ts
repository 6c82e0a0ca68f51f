import { plainText } from "../../lib/plain-text.ts";
import type { DetailsField } from "../film-details/film-details.ts";

/** What a column holds: the film's name, a field, or a half of the name. */
export type ColumnField = "file" | "familyName" | "givenName" | DetailsField;

/** Headings that a table may use for each field, in lower case, no accents. */
const HEADINGS: Record<ColumnField, readonly string[]> = {
  file: [
    ...["file", "filename", "file name", "file path", "filepath", "path"],
    ...["image", "image file", "image name", "film", "tep", "ten tep"],
    ...["tap tin", "ten tap tin", "ten file", "duong dan", "anh", "ten anh"],
    ...["file anh", "phim", "ten phim"],
  ],
  mrn: [
    ...["mrn", "record", "record number", "patient id", "patientid", "pid"],
    ...["id", "patient number", "hospital number", "chart number"],
    ...["ma ho so", "so ho so", "ma benh nhan", "ma so benh nhan", "ma bn"],
    ...["id benh nhan", "ma y te", "ma so", "so benh an", "ma benh an"],
  ],
  patientName: [
    ...["name", "patient", "patient name", "full name", "ten", "ho ten"],
    ...["ho va ten", "benh nhan", "ten benh nhan", "ho ten benh nhan"],
    ...["ten bn"],
  ],
  familyName: ["family name", "last name", "surname", "ho", "ho dem"],
  givenName: ["given name", "first name", "forename"],
  birthDate: [
    ...["birth date", "birthdate", "date of birth", "birthday", "dob"],
    ...["ngay sinh", "ngay thang nam sinh", "sinh ngay"],
  ],
  sex: ["sex", "gender", "gioi", "gioi tinh", "phai"],
  ageYears: ["age", "age years", "ageyears", "age in years", "tuoi"],
  weightKg: ["weight", "weight kg", "weightkg", "can nang"],
  viewPosition: ["view", "view position", "projection", "tu the"],
  accessionNumber: [
    ...["accession", "accession number", "accession no", "so phieu"],
    ...["ma phieu", "so chi dinh"],
  ],
  ward: ["ward", "department", "unit", "khoa", "khoa phong", "noi nam"],
  clinicalFlags: ["flags", "clinical flags", "dau hieu"],
  clinicalNote: [
    ...["note", "notes", "clinical note", "history", "ghi chu", "benh su"],
  ],
};

/** The field that a heading names; undefined where it names none here. */
export function fieldOf(heading: string): ColumnField | undefined {
  const wanted = plainText(heading)
    // "DOB (dd/mm/yyyy)", "MRN#", "Patient's name", "FILE_NAME".
    .replace(/\([^)]*\)/gu, " ")
    .replace(/[’']s\b/gu, "")
    .replace(/[_\-#.:*]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const match = Object.entries(HEADINGS).find(([name, words]) =>
    [name.toLowerCase(), ...words].includes(wanted),
  );
  // the keys of HEADINGS are exactly these names
  return match?.[0] as ColumnField | undefined;
}

/** Titles and remarks that people put above a table. */
const MOST_LINES_ABOVE = 5;

/** Splits rows at the one that names the columns; -1 where none does. */
export function headingRow(rows: readonly (readonly string[])[]): number {
  return rows
    .slice(0, MOST_LINES_ABOVE + 1)
    .findIndex((row) => row.some((cell) => fieldOf(cell) === "file"));
}
