import type { Sex } from "../../gql/graphql.ts";
import { plainText } from "../../lib/plain-text.ts";
import { readDay } from "../../lib/typed-day.ts";

/** The flags that the API knows, strongest first. */
export const CLINICAL_FLAGS = [
  "emergency",
  "low-spo2",
  "sepsis",
  "intensive-care",
  "fever",
  "cough",
  "dyspnoea",
  "tachypnoea",
  "immunosuppressed",
] as const;
export type ClinicalFlag = (typeof CLINICAL_FLAGS)[number];

export const SEXES: readonly Sex[] = ["FEMALE", "MALE", "OTHER", "UNKNOWN"];
export const VIEW_POSITIONS = ["PA", "AP", "LATERAL"] as const;

/** What the form says of a film; numbers as they were typed, "" is nothing. */
export interface FilmDetails {
  mrn: string;
  patientName: string;
  birthDate: string;
  sex: Sex | "";
  ageYears: string;
  weightKg: string;
  viewPosition: string;
  accessionNumber: string;
  clinicalFlags: readonly ClinicalFlag[];
  clinicalNote: string;
  ward: string;
}

export const NO_DETAILS: FilmDetails = {
  mrn: "",
  patientName: "",
  birthDate: "",
  sex: "",
  ageYears: "",
  weightKg: "",
  viewPosition: "",
  accessionNumber: "",
  clinicalFlags: [],
  clinicalNote: "",
  ward: "",
};

export type DetailsField = keyof FilmDetails;

/** A film's own details over those for all films; an empty field takes theirs. */
export function mergeDetails(
  shared: FilmDetails,
  own: Partial<FilmDetails>,
): FilmDetails {
  const filled = Object.fromEntries(
    Object.entries(own).filter(([, value]) => value.length > 0),
  );
  return { ...shared, ...filled };
}

/** The API's bounds, so that a mistake shows before the film is sent. */
const OLDEST_YEARS = 130;
const LIGHTEST_KG = 0.2;
const HEAVIEST_KG = 700;

export type DetailsProblem =
  "number" | "age" | "weight" | "birth-date" | "no-day";

/** Which fields cannot be as they are; empty when all is well. */
export function problemsOf(
  details: FilmDetails,
  todayIso: string,
): Partial<Record<DetailsField, DetailsProblem>> {
  const problems: Partial<Record<DetailsField, DetailsProblem>> = {};
  const age = parseNumber(details.ageYears);
  if (age === "wrong") problems.ageYears = "number";
  else if (age !== null && (age < 0 || age > OLDEST_YEARS)) {
    problems.ageYears = "age";
  }
  const weight = parseNumber(details.weightKg);
  if (weight === "wrong") problems.weightKg = "number";
  else if (weight !== null && (weight < LIGHTEST_KG || weight > HEAVIEST_KG)) {
    problems.weightKg = "weight";
  }
  if (details.birthDate) {
    if (!readDay(details.birthDate)) problems.birthDate = "no-day";
    else if (details.birthDate > todayIso) problems.birthDate = "birth-date";
  }
  return problems;
}

/** Parts of a year by the first letters of their words, English and Vietnamese. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:y|yrs?|years?|t|tuoi)\.?$/u, 1],
  [/^(?:m|mo|mos|months?|th|thang)\.?$/u, 12],
  [/^(?:w|wks?|weeks?|tuan)\.?$/u, 365.25 / 7],
  [/^(?:d|days?|ng|ngay)\.?$/u, 365.25],
  [/^(?:kg|kgs|kilo|kilograms?)\.?$/u, 1],
];

/**
 * Takes a decimal comma and a unit as well: "6m", "6 th" and "6 tháng" are
 * months of age, "074Y" and "74 tuổi" years.
 */
export function parseNumber(text: string): number | null | "wrong" {
  const trimmed = plainText(text.trim()).replace(",", ".");
  if (trimmed === "") return null;
  const [, digits, word = ""] =
    /^(\d+(?:\.\d+)?)\s*([a-z]+\.?)$/u.exec(trimmed) ?? [];
  const unit = UNITS.find(([pattern]) => pattern.test(word))?.[1];
  if (digits !== undefined && unit !== undefined)
    return Math.round((Number(digits) / unit) * 100) / 100;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : "wrong";
}

/** The `details` field of an upload; what is empty is left out. */
export function toApiDetails(details: FilmDetails): Record<string, unknown> {
  const { ageYears, weightKg, clinicalFlags, ...texts } = details;
  const answer: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(texts)) {
    if (value.trim()) answer[name] = value.trim();
  }
  const age = parseNumber(ageYears);
  if (typeof age === "number") answer["ageYears"] = age;
  const weight = parseNumber(weightKg);
  if (typeof weight === "number") answer["weightKg"] = weight;
  if (clinicalFlags.length > 0) answer["clinicalFlags"] = clinicalFlags;
  return answer;
}
