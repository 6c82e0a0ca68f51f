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
  const parts = order === "month-first" ? NUMBERS.exec(value.trim()) : null;
  if (!parts) return readDay(value);
  const [, month = "", sign = "", day = "", year = ""] = parts;
  return readDay([day, month, year].join(sign));
}

function numbersOf(value: string): [number, number] | null {
  const parts = NUMBERS.exec(value.trim());
  return parts ? [Number(parts[1]), Number(parts[3])] : null;
}
