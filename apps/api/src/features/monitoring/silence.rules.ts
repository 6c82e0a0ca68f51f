import { dayAfter } from "./day.rules.ts";

/** How long a film may wait for the AI before somebody is told. */
export const AI_SILENT_MINUTES = 15;
/** Days over which a source's habit is known. */
export const HABIT_DAYS = 28;
/** A source that sent on fewer days has no habit. */
const DAYS_OF_A_HABIT = 5;

/** The days on which a source sent films, as "2026-11-28", in any order. */
export interface SourceDays {
  source: string;
  days: readonly string[];
}

export interface SilentSource {
  source: string;
  /** The last day on which it sent. */
  lastDay: string;
  silentDays: number;
  /** Its longest pause before. */
  usualDays: number;
}

/**
 * Sources that have paused for longer than they did before: over a day more
 * than their longest pause of the last four weeks. Today does not count as
 * silent before it is over.
 */
export function silentSources(
  sources: readonly SourceDays[],
  today: string,
): SilentSource[] {
  const since = dayAfter(today, -HABIT_DAYS);
  return sources.flatMap(({ source, days }) => {
    const sent = [...new Set(days)].filter((day) => day >= since).sort();
    const lastDay = sent.at(-1);
    if (lastDay === undefined || sent.length < DAYS_OF_A_HABIT) return [];
    const pauses = sent.slice(1).map((day, at) => gap(sent[at] ?? day, day));
    const usualDays = Math.max(0, ...pauses);
    const silentDays = gap(lastDay, today);
    return silentDays > usualDays + 1
      ? [{ source, lastDay, silentDays, usualDays }]
      : [];
  });
}

/** Whole days without a film between two days. */
function gap(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 - 1;
}
