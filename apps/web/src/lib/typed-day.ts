const YEAR_FIRST = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/;
const DAY_FIRST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;
const DIGITS_ONLY = /^(\d{2})(\d{2})(\d{4})$/;
const TIME = /^(\d{1,2})(?:[:h.](\d{2})?)?$/i;

/**
 * A day as people here type it, "2026-11-23" for "23/11/2026", "23.11.2026",
 * "23112026" or the year first. Two digits of a year could be either century
 * and are not taken.
 * @returns null when it is no day of the calendar
 */
export function readDay(text: string): string | null {
  const trimmed = text.trim();
  const yearFirst = YEAR_FIRST.exec(trimmed);
  if (yearFirst) return dayOf(yearFirst[1], yearFirst[2], yearFirst[3]);
  const dayFirst = DAY_FIRST.exec(trimmed) ?? DIGITS_ONLY.exec(trimmed);
  return dayFirst ? dayOf(dayFirst[3], dayFirst[2], dayFirst[1]) : null;
}

/** "23/11/2026" for "2026-11-23"; other text stays as it is. */
export function writeDay(day: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : day;
}

/** "09:05" for "9:05", "9h05", "9.05" or "9"; null when it is no time. */
export function readTime(text: string): string | null {
  const [, hours, minutes = "00"] = TIME.exec(text.trim()) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) {
    return null;
  }
  return `${hours.padStart(2, "0")}:${minutes}`;
}

const EARLIEST_YEAR = 1850;
const LATEST_YEAR = 2200;

function dayOf(year = "", month = "", date = ""): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(date)];
  if (y < EARLIEST_YEAR || y > LATEST_YEAR) return null;
  const day = new Date(Date.UTC(y, m - 1, d));
  // The 31st of April would have become the first of May.
  if (day.getUTCMonth() !== m - 1 || day.getUTCDate() !== d) return null;
  return day.toISOString().slice(0, 10);
}
