/** What separates the cells of a line, likeliest first. */
export const SEPARATORS = ["\t", ";", ",", "|"] as const;

/**
 * The cells of a table by RFC 4180, and by tabs or semicolons where a
 * spreadsheet of another country wrote it; empty lines are left out.
 *
 * @param wanted what separates, where the first line does not show it.
 */
export function readTableRows(
  text: string,
  wanted?: (typeof SEPARATORS)[number],
): string[][] {
  const named = /^\uFEFF?sep=(.)\r?\n/iu.exec(text);
  const clean = text
    .slice(named?.[0].length ?? 0)
    .replace(/^\uFEFF/u, "")
    .replace(/\r\n?/gu, "\n")
    .trim();
  const separator = named?.[1] ?? wanted ?? separatorOf(clean);
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (let at = 0; at < clean.length; at += 1) {
    const sign = clean[at] ?? "";
    if (isQuoted && sign === '"' && clean[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"' && (isQuoted || cell === "")) {
      isQuoted = !isQuoted;
    } else if (isQuoted) {
      cell += sign;
    } else if (sign === separator) {
      endCell();
    } else if (sign === "\n") {
      endCell();
      rows.push([]);
    } else {
      cell += sign;
    }
  }
  endCell();
  return rows.filter((row) => row.some((value) => value.trim() !== ""));
}

/** The one that the first line has, outside of quotes. */
function separatorOf(text: string): string {
  const firstLine = text.split("\n", 1)[0] ?? "";
  const bare = firstLine.replace(/"[^"]*"/gu, "");
  return SEPARATORS.find((sign) => bare.includes(sign)) ?? ",";
}
