import { readDay } from "../../lib/typed-day.ts";

/** Which of two numbers before a year is the day. */
export type DayOrder = "day-first" | "month-first";

const NUMBERS = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})$/u;

export interface ColumnOrder {
  order: DayOrder;
  /** No day of the column says which is which, or they contradict each other. */
  isDoubtful: boolean;
  isContradictory: boolean;
}

/** A spreadsheet's day with the time that it had to have. */
const TIME_BEHIND = /[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/u;
/** "05-Jun-1991", "5 June 1991". */
const NAMED_MONTH = /^(\d{1,2})[-/. ]([a-z]{3,9})[-/. ,]+(\d{4})$/iu;
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
/** "19910605", as systems write it. */
const COMPACT = /^(1[89]\d\d|20\d\d)(\d\d)(\d\d)$/u;

/** The day alone, in a way of writing that `readDay` knows. */
function bare(value: string): string {
  const day = value.trim().replace(TIME_BEHIND, "");
  const [, date = "", name = "", year = ""] = NAMED_MONTH.exec(day) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (month > 0) return [year, String(month), date].join("-");
  const [, y, m, d] = COMPACT.exec(day) ?? [];
  return y !== undefined && readDay([y, m, d].join("-")) !== null
    ? [y, m, d].join("-")
    : day;
}

/** The order of a column's days by those that can be read in one way only. */
export function orderOfDays(values: readonly string[]): ColumnOrder {
  let isDayFirst = false;
  let isMonthFirst = false;
  let isOpen = false;
  for (const value of values) {
    const [first, second] = numbersOf(value) ?? [];
    if (first === undefined || second === undefined) continue;
    if (first > 12) isDayFirst = true;
    else if (second > 12) isMonthFirst = true;
    else if (first !== second) isOpen = true;
  }
  const isContradictory = isDayFirst && isMonthFirst;
  return {
    order: isMonthFirst && !isDayFirst ? "month-first" : "day-first",
    isDoubtful: isOpen && isDayFirst === isMonthFirst,
    isContradictory,
  };
}

/** True where day and month could change places. */
export function hasTwoReadings(value: string): boolean {
  const [first = 0, second = 0] = numbersOf(value) ?? [];
  return first !== second && first <= 12 && second <= 12 && first > 0;
}

/** "2026-11-23", or null when it is no day of the calendar. */
export function readDayIn(value: string, order: DayOrder): string | null {
  const text = bare(value);
  const parts = order === "month-first" ? NUMBERS.exec(text) : null;
  if (!parts) return readDay(text);
  const [, month = "", sign = "", day = "", year = ""] = parts;
  return readDay([day, month, year].join(sign));
}

function numbersOf(value: string): [number, number] | null {
  const parts = NUMBERS.exec(bare(value));
  return parts ? [Number(parts[1]), Number(parts[3])] : null;
}
