import type { Board } from "./use-board.ts";

const MINUTE_MS = 60_000;

/** Whole minutes from one time to another, never below zero. */
export function minutesBetween(from: string, to: string): number {
  return Math.max(
    0,
    Math.floor((Date.parse(to) - Date.parse(from)) / MINUTE_MS),
  );
}

export interface Oldest {
  minutes: number;
  ceilingMinutes: number;
  isOverdue: boolean;
}

/**
 * The wait that stands worst against the ceiling of its class: the one that
 * has used most of it. Null where nothing waits.
 */
export function worstWait({
  classes,
  asOf,
}: Pick<Board, "classes" | "asOf">): Oldest | null {
  let worst: Oldest | null = null;
  for (const { oldestSince, ceilingMinutes } of classes) {
    if (!oldestSince) continue;
    const minutes = minutesBetween(oldestSince, asOf);
    const isWorse =
      worst === null ||
      minutes / ceilingMinutes > worst.minutes / worst.ceilingMinutes;
    if (isWorse) {
      worst = { minutes, ceilingMinutes, isOverdue: minutes >= ceilingMinutes };
    }
  }
  return worst;
}

/** A cell of a CSV that a spreadsheet takes as text, never as a formula. */
function csvCell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? "" : String(value);
  const safe =
    typeof value === "string" && /^[=+\-@\t\r＝＋－＠]/.test(text)
      ? `'${text}`
      : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table for spreadsheets: RFC 4180, UTF-8 with its mark. */
export function csvOf(
  rows: readonly (readonly (string | number | null | undefined)[])[],
): string {
  const lines = rows.map((row) => row.map(csvCell).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

/** "14:00" by the clock on this wall. */
export function clockTime(iso: string, locale: string): string {
  return new Date(iso).toLocaleTimeString(locale === "vi" ? "vi" : "en-GB", {
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** "Mon 2" of the day that begins or lasts at noon after a time. */
export function dayName(iso: string, locale: string): string {
  const noon = new Date(Date.parse(iso) + 12 * 60 * MINUTE_MS);
  return noon.toLocaleDateString(locale === "vi" ? "vi" : "en-GB", {
    weekday: "short",
    day: "numeric",
  });
}
