import type { SharedFilm } from "@lung-iris/inference";
import { writeDicom, type DicomElement } from "@lung-iris/dicom/writer";
import type { StoredDatasetFormat } from "./dataset-format.ts";
import type { LabelRow } from "./labels-csv.ts";
import type { Pseudonyms } from "./pseudonyms.ts";

/** Computed Radiography Image Storage (PS3.4 B.5). */
const CR_IMAGE = "1.2.840.10008.5.1.4.1.1.1";
const DAY_MS = 86_400_000;

/** Methods of CID 7050, PS3.16, by code. */
const METHODS = {
  "113100": "Basic Application Confidentiality Profile",
  "113101": "Clean Pixel Data Option",
  "113107": "Retain Longitudinal Temporal Information Modified Dates Option",
  "113108": "Retain Patient Characteristics Option",
} as const;

const SEXES: Readonly<Record<string, string>> = {
  FEMALE: "F",
  MALE: "M",
  OTHER: "O",
};
const VIEWS: Readonly<Record<string, string>> = {
  PA: "PA",
  AP: "AP",
  LATERAL: "LL",
};

/** Of the table of labels what a header repeats. */
type HeaderRow = Pick<
  LabelRow,
  "patient" | "sex" | "age_years" | "view" | "study_year"
>;

/** Whose film, by the ids of the tables. */
export interface FilmIds {
  patientId: string;
  studyId: string;
  seriesId: string | null;
  imageId: string;
  studyDate: Date | null;
}

/**
 * A film as DICOM, de-identified by PS3.15 Annex E: nothing of the source's
 * header is copied. A Computed Radiography object is written anew of the
 * samples and of what the table of labels says; UIDs are keyed hashes; what the
 * profile empties is empty, save sex and age, which the option 113108 keeps.
 * Private elements there are none.
 */
export function dicomFilm(
  film: SharedFilm & { samples: Uint16Array },
  row: HeaderRow,
  ids: FilmIds,
  names: Pseudonyms,
  dates: Exclude<StoredDatasetFormat["dicom"], "NONE">,
): Buffer {
  const { width, height, samples, window, pixelSpacing } = film;
  const bits = Math.max(8, film.bitsStored);
  const day = dates === "SHIFTED" ? shiftedDay(row, ids, names) : null;
  const sex = SEXES[row.sex] ?? "";
  const age = ageText(row.age_years);
  const methods: (keyof typeof METHODS)[] = [
    "113100",
    ...(film.hasText ? (["113101"] as const) : []),
    ...(day === null ? [] : (["113107"] as const)),
    // The basic profile has them emptied (PS3.15 table E.1-1).
    ...(sex === "" && age === "" ? [] : (["113108"] as const)),
  ];
  const instance = names.uid("instance", ids.imageId);
  const elements: DicomElement[] = [
    ["00080005", "CS", "ISO_IR 192"],
    ["00080016", "UI", CR_IMAGE],
    ["00080018", "UI", instance],
    ["00080020", "DA", day ?? ""],
    ["00080030", "TM", ""],
    ["00080050", "SH", ""],
    ["00080060", "CS", "CR"],
    ["00080070", "LO", ""],
    ["00080090", "PN", ""],
    ["00100010", "PN", row.patient],
    ["00100020", "LO", row.patient],
    ["00100030", "DA", ""],
    ["00100040", "CS", sex],
    ["00101010", "AS", age],
    ["00120062", "CS", "YES"],
    ["00120064", "SQ", methods.map(codeItem)],
    ["00180015", "CS", "CHEST"],
    ...spacing(pixelSpacing),
    ["00185101", "CS", VIEWS[row.view ?? ""] ?? ""],
    ["0020000D", "UI", names.uid("study", ids.studyId)],
    ["0020000E", "UI", names.uid("series", ids.seriesId ?? ids.studyId)],
    ["00200010", "SH", ""],
    ["00200011", "IS", ""],
    ["00200013", "IS", ""],
    ["00200020", "CS", ""],
    ["00280002", "US", 1],
    ["00280004", "CS", "MONOCHROME2"],
    ["00280010", "US", height],
    ["00280011", "US", width],
    ["00280100", "US", 16],
    ["00280101", "US", bits],
    ["00280102", "US", bits - 1],
    ["00280103", "US", 0],
    ["00280301", "CS", "NO"],
    ["00280303", "CS", day === null ? "REMOVED" : "MODIFIED"],
    ["00281050", "DS", decimal(window.center)],
    ["00281051", "DS", decimal(Math.max(1, window.width))],
    ["7FE00010", "OW", littleEndian(samples)],
  ];
  return writeDicom(elements, {
    metaElements: [
      ["00020001", "OB", Uint8Array.of(0, 1)],
      ["00020002", "UI", CR_IMAGE],
      ["00020003", "UI", instance],
      ["00020012", "UI", names.uid("writer", "lung-iris")],
    ],
  });
}

/**
 * The day of the examination, as many days earlier as the patient's own number
 * says; none for the oldest, whose year would tell.
 */
function shiftedDay(
  row: HeaderRow,
  { patientId, studyDate }: FilmIds,
  names: Pseudonyms,
): string | null {
  if (studyDate === null || row.study_year === null) return null;
  const shifted = studyDate.getTime() - names.shiftDays(patientId) * DAY_MS;
  return new Date(shifted).toISOString().slice(0, 10).replaceAll("-", "");
}

function codeItem(code: keyof typeof METHODS): DicomElement[] {
  return [
    ["00080100", "SH", code],
    ["00080102", "SH", "DCM"],
    ["00080104", "LO", METHODS[code]],
  ];
}

/** Imager Pixel Spacing, millimetres a row and a column. */
function spacing(pixels: [number, number] | null): DicomElement[] {
  if (pixels === null) return [];
  return [["00181164", "DS", pixels.map(decimal).join("\\")]];
}

/** Whole years, of infants whole months (PS3.5 6.2, AS). */
function ageText(years: number | null): string {
  if (years === null) return "";
  const isInfant = years < 2;
  const count = Math.floor(isInfant ? years * 12 : years);
  return `${String(count).padStart(3, "0")}${isInfant ? "M" : "Y"}`;
}

function decimal(value: number): string {
  return String(Number(value.toFixed(4)));
}

function littleEndian(samples: Uint16Array): Uint8Array {
  const bytes = Buffer.alloc(samples.length * 2);
  for (let at = 0; at < samples.length; at += 1)
    bytes.writeUInt16LE(samples[at] ?? 0, at * 2);
  return bytes;
}
