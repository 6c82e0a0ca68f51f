import type { Locale } from "../../i18n/locales.ts";

/** Between a number and its unit; keeps both on one line. */
const NARROW_SPACE = "\u202f";

/**
 * A probability for people: whole per cent, never more than two digits, and
 * never a certainty that no model has ("> 99 %", "< 1 %").
 * @param probability 0…1
 */
export function formatProbability(probability: number): string {
  const percent = Math.round(probability * 100);
  if (percent >= 100) return `>${NARROW_SPACE}99${NARROW_SPACE}%`;
  if (percent <= 0) return `<${NARROW_SPACE}1${NARROW_SPACE}%`;
  return `${percent}${NARROW_SPACE}%`;
}

/** "74–88", the interval's two ends in whole per cent; both 0…1. */
export function formatInterval(low: number, high: number): string {
  return `${Math.round(low * 100)}–${Math.round(high * 100)}`;
}

/** Where something stands on a bar that is 100 long; 0…1 in. */
export function barPosition(value: number): number {
  return Math.min(100, Math.max(0, value * 100));
}

export type AgeText =
  { unit: "years"; count: number } | { unit: "months"; count: number };

/**
 * An age as clinicians write it: months below two years, whole years after.
 * From the examination's own age, else from the birth date.
 */
export function patientAge(
  ageYears: number | null | undefined,
  birthDate: string | null | undefined,
  atMs: number,
): AgeText | null {
  const years = yearsOfAge(ageYears, birthDate, atMs);
  if (years === null) return null;
  return years < 2
    ? { unit: "months", count: Math.floor(years * 12) }
    : { unit: "years", count: Math.floor(years) };
}

/** The age in years, as given or from the day of birth; null where unknown. */
export function yearsOfAge(
  ageYears: number | null | undefined,
  birthDate: string | null | undefined,
  atMs: number,
): number | null {
  const years = ageYears ?? yearsSince(birthDate, atMs);
  return years === null || !Number.isFinite(years) || years < 0 ? null : years;
}

/** Mean length of a Gregorian year. */
const YEAR_MS = 365.2425 * 24 * 3600 * 1000;

function yearsSince(
  birthDate: string | null | undefined,
  atMs: number,
): number | null {
  if (!birthDate) return null;
  return (atMs - Date.parse(birthDate)) / YEAR_MS;
}

/** A whole number in the reader's way of grouping digits. */
export function formatCount(
  count: number,
  locale: Locale,
  isCapped = false,
): string {
  const text = new Intl.NumberFormat(locale).format(count);
  return isCapped ? `${text}+` : text;
}
