const DAYS_A_YEAR = 365.25;
const DAY_MS = 86_400_000;
/** Ages by birthdays and by division differ by less than this. */
const CLASH_YEARS = 1;

/**
 * Years between a birth date and a day, both ISO; null where one is unknown
 * or the birth came later.
 */
export function ageOn(
  birthDate: string | null,
  day: string | null,
): number | null {
  if (birthDate === null || day === null) return null;
  const years =
    (Date.parse(day) - Date.parse(birthDate)) / (DAYS_A_YEAR * DAY_MS);
  if (!Number.isFinite(years) || years < 0) return null;
  // Young children by the hundredth, others by the year as people say it.
  return years < 3
    ? Math.round(years * 100) / 100
    : wholeYears(birthDate, day.slice(0, 10));
}

/** Birthdays had, which a division by 365.25 gets wrong on the very day. */
function wholeYears(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/**
 * Whether a stated age and a birth date cannot both be right: more than a
 * year apart on the day of the film. Where that day is unknown, nobody can
 * have been older than today's age; younger says nothing.
 */
export function agesClash(input: {
  stated: number | null;
  birthDate: string | null;
  studyDate: string | null;
  today: string;
}): boolean {
  const { stated, birthDate, studyDate, today } = input;
  if (stated === null || birthDate === null) return false;
  if (studyDate !== null) {
    const years = ageOn(birthDate, studyDate);
    return years === null || Math.abs(years - stated) > CLASH_YEARS;
  }
  const now = ageOn(birthDate, today);
  return now !== null && stated - now > CLASH_YEARS;
}
