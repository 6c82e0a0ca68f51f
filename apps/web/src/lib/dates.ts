import type { Locale } from "../i18n/locales.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const DAY = { day: "2-digit", month: "2-digit", year: "numeric" } as const;
const TIME = { hour: "2-digit", minute: "2-digit" } as const;
const VIETNAMESE = {
  day: DAY,
  "day-and-time": { ...DAY, ...TIME },
  "to-the-second": { ...DAY, ...TIME, second: "2-digit" },
  time: TIME,
} as const;
const ENGLISH = {
  day: { dateStyle: "medium" },
  "day-and-time": { dateStyle: "medium", timeStyle: "short" },
  "to-the-second": { dateStyle: "medium", timeStyle: "medium" },
  time: TIME,
} as const;

/** What is written of an instant. */
type Parts = "day" | "day-and-time" | "to-the-second" | "time";

/**
 * A writer takes a millisecond to make and a list has hundreds of times: one of
 * each kind is made. They differ by language, parts and zone, which are few.
 */
const writers = new Map<string, Intl.DateTimeFormat>();

function writerOf(
  locale: Locale,
  parts: Parts,
  timeZone: string | undefined,
): Intl.DateTimeFormat {
  const key = `${locale} ${parts} ${timeZone ?? ""}`;
  const known = writers.get(key);
  if (known) return known;
  const writer = new Intl.DateTimeFormat(locale === "vi" ? "vi" : "en-GB", {
    ...(locale === "vi" ? VIETNAMESE : ENGLISH)[parts],
    ...(timeZone ? { timeZone } : {}),
  });
  writers.set(key, writer);
  return writer;
}

/**
 * "23 Nov 2026, 09:12" in English, "09:12 23/11/2026" in Vietnamese: its
 * months have numbers for names, and the medium style abbreviates the word.
 */
function format(
  iso: string,
  locale: Locale,
  parts: Parts,
  timeZone: string | undefined,
): string {
  return writerOf(locale, parts, timeZone).format(new Date(iso));
}

/** "2026-11-23 09:12" in the reader's order and time zone; for records. */
export function formatDateTime(
  iso: string,
  locale: Locale,
  timeZone?: string,
): string {
  return format(iso, locale, "day-and-time", timeZone);
}

/** "09:12" on the reader's own day, with the day on any other; for lists. */
export function formatRecentTime(
  iso: string,
  locale: Locale,
  nowMs: number,
  timeZone?: string,
): string {
  const day = (time: number) =>
    formatDate(new Date(time).toISOString(), locale, timeZone);
  if (day(Date.parse(iso)) !== day(nowMs))
    return format(iso, locale, "day-and-time", timeZone);
  return format(iso, locale, "time", timeZone);
}

/** To the second, for the audit trail and for hovering over a short time. */
export function formatExactTime(
  iso: string,
  locale: Locale,
  timeZone?: string,
): string {
  return format(iso, locale, "to-the-second", timeZone);
}

/** A calendar day; a plain "2026-11-23" stays that day in every time zone. */
export function formatDate(
  iso: string,
  locale: Locale,
  timeZone?: string,
): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  const zone = isDay ? "UTC" : timeZone;
  return format(iso, locale, "day", zone);
}

/**
 * A day and a time by the clock on the wall where a film was taken, in the
 * reader's order: the same everywhere. Null where the day is unknown; without
 * a time where that is unknown, never midnight in its place.
 */
export function formatExamTime(
  exam: {
    studyDate?: string | null | undefined;
    studyTime?: string | null | undefined;
  },
  locale: Locale,
): string | null {
  const { studyDate, studyTime } = exam;
  if (!studyDate) return null;
  return studyTime
    ? formatDateTime(`${studyDate}T${studyTime}Z`, locale, "UTC")
    : formatDate(studyDate, locale);
}

export type ShortDuration =
  | { unit: "seconds"; count: number }
  | { unit: "minutes"; count: number }
  | { unit: "hours"; count: number; minutes: number }
  | { unit: "days"; count: number };

/**
 * How long ago, in the one unit that matters: seconds to a minute, minutes to
 * an hour, hours with minutes to a day, then days. A clock that runs behind
 * the server's gives zero, never a negative time.
 */
export function durationBetween(fromIso: string, nowMs: number): ShortDuration {
  const ms = Math.max(0, nowMs - Date.parse(fromIso));
  if (ms < MINUTE_MS) return { unit: "seconds", count: Math.floor(ms / 1000) };
  if (ms < HOUR_MS)
    return { unit: "minutes", count: Math.floor(ms / MINUTE_MS) };
  if (ms < DAY_MS) {
    return {
      unit: "hours",
      count: Math.floor(ms / HOUR_MS),
      minutes: Math.floor((ms % HOUR_MS) / MINUTE_MS),
    };
  }
  return { unit: "days", count: Math.floor(ms / DAY_MS) };
}

/** Time left on a lease as "8:41"; null once it is over. */
export function formatCountdown(
  untilIso: string,
  nowMs: number,
): string | null {
  const seconds = Math.ceil((Date.parse(untilIso) - nowMs) / 1000);
  if (seconds <= 0) return null;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
