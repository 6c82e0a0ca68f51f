import type { DicomHeader } from "../types.ts";
import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";

const MAX_TEXT = 200;
const MAX_AGE_YEARS = 130;
const MAX_WEIGHT_KG = 700;
const DAYS_A_YEAR = 365.25;
const AGE_UNITS: Readonly<Record<string, number>> = {
  Y: 1,
  M: 1 / 12,
  W: 7 / DAYS_A_YEAR,
  D: 1 / DAYS_A_YEAR,
};

/** Header values that people and the worklist need, cleaned; see `DicomHeader`. */
export function readHeader(
  data: DataSet,
  photometricInterpretation: string,
  transferSyntaxUid: string,
): DicomHeader {
  const header: DicomHeader = { photometricInterpretation, transferSyntaxUid };
  const birthDate = isoDate(data.code(TAG.patientBirthDate));
  const studyDate = firstDate(data);
  assign(header, "patientId", shortText(data.text(TAG.patientId)));
  assign(header, "patientName", personName(data.text(TAG.patientName)));
  assign(header, "patientBirthDate", birthDate);
  assign(header, "patientSex", sex(data.code(TAG.patientSex)));
  assign(
    header,
    "patientAgeYears",
    ageYears(data.code(TAG.patientAge)) ?? yearsBetween(birthDate, studyDate),
  );
  assign(header, "patientWeightKg", weight(data.decimal(TAG.patientWeight)));
  assign(header, "studyInstanceUid", uid(data.code(TAG.studyInstanceUid)));
  assign(header, "seriesInstanceUid", uid(data.code(TAG.seriesInstanceUid)));
  assign(header, "sopInstanceUid", uid(data.code(TAG.sopInstanceUid)));
  assign(header, "accessionNumber", shortText(data.text(TAG.accessionNumber)));
  assign(
    header,
    "studyDateTime",
    dateTime(studyDate, data.code(TAG.studyTime)),
  );
  assign(
    header,
    "studyDescription",
    shortText(data.text(TAG.studyDescription)),
  );
  assign(header, "modality", data.code(TAG.modality)?.toUpperCase());
  assign(header, "bodyPart", data.code(TAG.bodyPartExamined)?.toUpperCase());
  assign(header, "viewPosition", data.code(TAG.viewPosition)?.toUpperCase());
  assign(header, "institution", shortText(data.text(TAG.institutionName)));
  return header;
}

function assign<K extends keyof DicomHeader>(
  header: DicomHeader,
  key: K,
  value: DicomHeader[K] | undefined,
): void {
  if (value !== undefined) header[key] = value;
}

function shortText(text: string | undefined): string | undefined {
  return text?.replace(/\s+/gu, " ").slice(0, MAX_TEXT);
}

/**
 * "FAMILY, Given Middle" from a PN value (PS3.5 6.2.1): the first component
 * group that says something, prefix and suffix left out.
 */
export function personName(text: string | undefined): string | undefined {
  const groups = text?.split("\\")[0]?.split("=") ?? [];
  for (const group of groups) {
    const [family = "", given = "", middle = ""] = group
      .split("^")
      .map((part) => part.replace(/\s+/gu, " ").trim());
    const rest = [given, middle].filter((part) => part !== "").join(" ");
    const name = [family, rest].filter((part) => part !== "").join(", ");
    if (name !== "") return name.slice(0, MAX_TEXT);
  }
  return undefined;
}

/** "2026-11-23" from DA "20261123" or the older "2026.11.23"; only real days. */
export function isoDate(text: string | undefined): string | undefined {
  const match = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})$/u.exec(text ?? "");
  if (match === null) return undefined;
  const iso = match.slice(1, 4).join("-");
  const day = new Date(`${iso}T00:00:00Z`);
  const isReal =
    !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
  return isReal && iso >= "1850" ? iso : undefined;
}

function firstDate(data: DataSet): string | undefined {
  for (const tag of [
    TAG.studyDate,
    TAG.acquisitionDate,
    TAG.seriesDate,
    TAG.contentDate,
  ]) {
    const date = isoDate(data.code(tag));
    if (date !== undefined) return date;
  }
  return undefined;
}

function dateTime(
  date: string | undefined,
  time: string | undefined,
): string | undefined {
  if (date === undefined) return undefined;
  const match = /^(\d{2}):?(\d{2})?:?(\d{2})?/u.exec(time ?? "");
  const [hour = "00", minute = "00", second = "00"] = match?.slice(1) ?? [];
  const isReal =
    Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return isReal ? `${date}T${hour}:${minute}:${second}` : `${date}T00:00:00`;
}

/** Years from AS "045Y", "006M", "012W", "003D", or a bare "62". */
export function ageYears(text: string | undefined): number | undefined {
  const match = /^(\d{1,4})\s*([YMWD]?)$/iu.exec(text ?? "");
  if (match === null) return undefined;
  const unit = AGE_UNITS[(match[2] ?? "").toUpperCase()] ?? 1;
  const years = Number(match[1]) * unit;
  return years <= MAX_AGE_YEARS ? years : undefined;
}

function yearsBetween(
  birth: string | undefined,
  study: string | undefined,
): number | undefined {
  if (birth === undefined || study === undefined) return undefined;
  const days = (Date.parse(study) - Date.parse(birth)) / 86_400_000;
  const years = days / DAYS_A_YEAR;
  return years >= 0 && years <= MAX_AGE_YEARS ? years : undefined;
}

function sex(code: string | undefined): "F" | "M" | "O" | undefined {
  const letter = code?.charAt(0).toUpperCase();
  return letter === "F" || letter === "M" || letter === "O"
    ? letter
    : undefined;
}

function weight(kg: number | undefined): number | undefined {
  return kg !== undefined && kg > 0 && kg < MAX_WEIGHT_KG ? kg : undefined;
}

function uid(code: string | undefined): string | undefined {
  return code !== undefined && /^[0-9.]{1,64}$/u.test(code) ? code : undefined;
}
