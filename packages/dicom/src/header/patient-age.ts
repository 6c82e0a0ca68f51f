const MAX_AGE_YEARS = 130;
/** Older than this by the dates: the birth date is a placeholder. */
const PLACEHOLDER_YEARS = 115;
const DAYS_A_YEAR = 365.25;
const AGE_UNITS: Readonly<Record<string, number>> = {
  Y: 1,
  M: 1 / 12,
  W: 7 / DAYS_A_YEAR,
  D: 1 / DAYS_A_YEAR,
};

/** An age and whether the header says two that can not both be true. */
export interface PatientAge {
  years: number | undefined;
  contradicts: boolean;
}

/**
 * Age from the age string and the dates. An age of zero ("000Y", "000D") is
 * what systems write for "unknown"; a newborn is one by his birth date. Where
 * both differ by more than a year the dates win, and it is told.
 *
 * @param birth @param study ISO dates.
 */
export function readPatientAge(
  text: string | undefined,
  birth: string | undefined,
  study: string | undefined,
): PatientAge {
  const stated = ageYears(text);
  const written = stated === 0 ? undefined : stated;
  const counted = yearsBetween(birth, study);
  if (counted === undefined || written === undefined) {
    return { years: written ?? counted, contradicts: false };
  }
  // A year's age is cut to whole years: 45 may be 45.9.
  const cut = /M|W|D/iu.test(text ?? "") ? 0 : 1;
  const difference = counted - written;
  const contradicts = difference < -1 || difference > 1 + cut;
  if (!contradicts) return { years: written, contradicts };
  if (counted > PLACEHOLDER_YEARS) return { years: written, contradicts };
  // Nobody becomes a newborn by a clash: the day of birth may be that on which
  // the patient was entered.
  return { years: counted < 1 ? undefined : counted, contradicts };
}

/**
 * Years from AS "045Y", "006M", "012W", "003D", or a bare "62"; the unit may
 * stand before the number or be written out.
 */
export function ageYears(text: string | undefined): number | undefined {
  const match =
    /^(\d{1,4})\s*(Y|M|W|D|YEARS?|YRS?|MONTHS?|WEEKS?|DAYS?)?\.?$/iu.exec(
      (text ?? "").trim().replace(/^([YMWD])(\d+)$/iu, "$2$1"),
    );
  if (match === null) return undefined;
  const unit = AGE_UNITS[(match[2] ?? "").charAt(0).toUpperCase()] ?? 1;
  const years = Number(match[1]) * unit;
  return years <= MAX_AGE_YEARS ? years : undefined;
}

function yearsBetween(
  birth: string | undefined,
  study: string | undefined,
): number | undefined {
  if (birth === undefined || study === undefined) return undefined;
  const days = (Date.parse(study) - Date.parse(birth)) / 86_400_000;
  const years = days / DAYS_A_YEAR;
  return years >= 0 && years <= MAX_AGE_YEARS ? years : undefined;
}
