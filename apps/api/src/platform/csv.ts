/** UTF-8's byte-order mark: without it spreadsheets read Latin-1. */
export const CSV_MARK = "\uFEFF";

/** What makes a formula of a cell, the full-width signs of East Asia too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * One cell. Text that a spreadsheet would run as a formula gets an
 * apostrophe in front; numbers are written as they are.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
