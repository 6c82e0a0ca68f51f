import type { Locale } from "../../i18n/locales.ts";

/** Names the formats of English as read outside America: 24 hours, day first. */
function tagOf(locale: Locale): string {
  return locale === "en" ? "en-GB" : locale;
}

/** "09:14:02", on the reader's clock. */
export function formatClock(
  iso: string,
  locale: Locale,
  timeZone?: string,
): string {
  return new Intl.DateTimeFormat(tagOf(locale), {
    timeStyle: "medium",
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(iso));
}

/** "Monday, 23 November 2026" */
export function formatDay(
  iso: string,
  locale: Locale,
  timeZone?: string,
): string {
  return new Intl.DateTimeFormat(tagOf(locale), {
    dateStyle: "full",
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(iso));
}

/** "2026-11-23": the calendar day of an instant in a time zone. */
export function dayKey(at: string | number, timeZone?: string): string {
  // Swedish writes dates in the ISO order.
  return new Intl.DateTimeFormat("sv-SE", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(at));
}

export interface Day<T> {
  key: string;
  events: T[];
}

/** Puts events under the day they fall on, keeping their order. */
export function groupByDay<T extends { at: string }>(
  events: readonly T[],
  timeZone?: string,
): Day<T>[] {
  const days: Day<T>[] = [];
  for (const event of events) {
    const key = dayKey(event.at, timeZone);
    const last = days.at(-1);
    if (last?.key === key) last.events.push(event);
    else days.push({ key, events: [event] });
  }
  return days;
}

const DAY_MS = 86_400_000;

/** Whether a day is today or yesterday on the reader's calendar. */
export function nearDay(
  key: string,
  nowMs: number,
  timeZone?: string,
): "today" | "yesterday" | null {
  if (nowMs === 0) return null;
  if (key === dayKey(nowMs, timeZone)) return "today";
  return key === dayKey(nowMs - DAY_MS, timeZone) ? "yesterday" : null;
}
