import type { Locale } from "../i18n/locales.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const DAY = { day: "2-digit", month: "2-digit", year: "numeric" } as const;
const TIME = {
  short: { hour: "2-digit", minute: "2-digit" },
  medium: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
} as const;

/**
 * "23 Nov 2026, 09:12" in English, "09:12 23/11/2026" in Vietnamese: its
 * months have numbers for names, and the medium style abbreviates the word.
 */
function format(
  iso: string,
  locale: Locale,
  time: "short" | "medium" | null,
  timeZone: string | undefined,
): string {
  const zone = timeZone ? { timeZone } : {};
  const writer =
    locale === "vi"
      ? new Intl.DateTimeFormat("vi", {
          ...DAY,
          ...(time ? TIME[time] : {}),
          ...zone,
        })
      : new Intl.DateTimeFormat("en-GB", {
          dateStyle: "medium",
          ...(time ? { timeStyle: time } : {}),
          ...zone,
        });
  return writer.format(new Date(iso));
}

/** "2026-11-23 09:12" in the reader's order and time zone; for records. */
export function formatDateTime(
  iso: string,
  locale: Locale,
  timeZone?: string,
): string {
  return format(iso, locale, "short", timeZone);
}

/** To the second, for the audit trail and for hovering over a short time. */
export function formatExactTime(
  iso: string,
  locale: Locale,
  timeZone?: string,
): string {
  return format(iso, locale, "medium", timeZone);
}

/** A calendar day; a plain "2026-11-23" stays that day in every time zone. */
export function formatDate(
  iso: string,
  locale: Locale,
  timeZone?: string,
): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  const zone = isDay ? "UTC" : timeZone;
  return format(iso, locale, null, zone);
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
