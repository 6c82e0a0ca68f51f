/** A cell of a CSV that a spreadsheet takes as text, never as a formula. */
function csvCell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? "" : String(value);
  const safe =
    typeof value === "string" && /^[=+\-@\t\r\n＝＋－＠]/.test(text)
      ? `'${text}`
      : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table for spreadsheets: RFC 4180, UTF-8 with its mark. */
export function csvOf(
  rows: readonly (readonly (string | number | null | undefined)[])[],
): string {
  const lines = rows.map((row) => row.map(csvCell).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

/** Hands a table to the browser as a file of this name, without its ending. */
export function saveCsv(
  rows: Parameters<typeof csvOf>[0],
  fileName: string,
): void {
  const file = new Blob([csvOf(rows)], { type: "text/csv;charset=utf-8" });
  const href = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = href;
  link.download = `${fileName}.csv`;
  link.click();
  URL.revokeObjectURL(href);
}
