/** "9.87654E+12", "12345.0", or more digits than a spreadsheet keeps. */
const ROUNDED =
  /^[+-]?\d+[.,]\d+e[+-]?\d+$|^[+-]?\d+e[+-]\d+$|^\d+[.,]0+$|^\d{16,}$/iu;
/** "1,234,567" and "1 234 567": signs that only make it legible. */
const GROUPED = /^\d{1,3}(?:,\d{3})+$|^\d{1,3}(?:[ \u00a0\u202f]\d{3})+$/u;
/** "12-Mar" and "Mar-12" for 12-3 and 3-12. */
const MADE_A_DAY =
  /^(?:\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2,4})$/iu;
const MADE_A_WORD = /^(?:true|false)$/iu;
const MOST_DIGITS = 15;

/** True of a number that a spreadsheet has rounded or made something else. */
export function isChanged(value: string): boolean {
  return (
    isRounded(value) ||
    GROUPED.test(value) ||
    MADE_A_DAY.test(value) ||
    MADE_A_WORD.test(value)
  );
}

/** A spreadsheet keeps fifteen digits; the rest of a longer number is zeros. */
function isRounded(value: string): boolean {
  if (!ROUNDED.test(value)) return false;
  if (!/^\d+$/u.test(value)) return true;
  return value.length > MOST_DIGITS && /^0+$/u.test(value.slice(MOST_DIGITS));
}

/**
 * Numbers shorter than those of their column that begin with zeros, all of one
 * length: somebody's program has taken theirs away.
 */
export function shortenedNumbers<T extends { value: string }>(
  numbers: readonly T[],
): T[] {
  const padded = numbers.filter(({ value }) => /^0\d+$/u.test(value));
  const lengths = new Set(padded.map(({ value }) => value.length));
  const [length, ...others] = lengths;
  if (length === undefined || others.length > 0) return [];
  return numbers.filter(
    ({ value }) => /^[1-9]\d*$/u.test(value) && value.length < length,
  );
}
