const DAY_MS = 86_400_000;

/**
 * Days back from today that labels of second readers may still change: they
 * are counted anew each night.
 */
export const OPEN_DAYS = 30;

/** A day some days later, both as "2026-11-28". */
export function dayAfter(day: string, days: number): string {
  const time = Date.parse(`${day}T00:00:00Z`) + days * DAY_MS;
  return new Date(time).toISOString().slice(0, 10);
}

/** The days from one to another, both counted in; none where it is later. */
export function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = dayAfter(day, 1)) days.push(day);
  return days;
}

/**
 * Which days are to be counted: from the newest that was, since it may not
 * have been over then, or from the site's first film.
 */
export function daysToCount(
  known: { today: string; newest: string | null; first: string | null },
  isNight: boolean,
): string[] {
  const { today, newest, first } = known;
  if (first === null) return [];
  const begin = newest ?? first;
  if (!isNight) return daysFrom(begin, today);
  const open = dayAfter(today, -OPEN_DAYS);
  const from = open < begin ? open : begin;
  return daysFrom(from < first ? first : from, today);
}
