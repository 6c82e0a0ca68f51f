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
