import type { KnownValues } from "./known-values.ts";
import type { Leaks } from "./leak.ts";
import { noteBytes } from "./raw-text.ts";

/** What may stand in a cell. */
export type CellRule = (cell: string) => boolean;

/** The columns of a table by name, in their order. */
export type TableRules = readonly (readonly [name: string, rule: CellRule])[];

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * A table of an export holds its columns and in each what belongs there:
 * anything else is a leak, of the kind that it is known to be.
 */
export function checkTable(
  entry: string,
  bytes: Buffer,
  rules: TableRules,
  { known, leaks }: { known: KnownValues; leaks: Leaks },
): void {
  const text = bytes.toString("utf8");
  const note = (place: string, cell: string) =>
    noteBytes(leaks, known, entry, place, Buffer.from(cell), "UNEXPECTED");
  if (!Buffer.from(text).equals(bytes))
    noteBytes(leaks, known, entry, "encoding", bytes);
  const [header, ...rows] = readCsv(
    text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text,
  );
  const names = rules.map(([name]) => name);
  if (header?.join() !== names.join()) note("line 1", header?.join(" ") ?? "");
  for (const [at, row] of rows.entries()) {
    const line = `line ${String(at + 2)}`;
    if (row.length > rules.length)
      note(`${line}, end`, row.slice(rules.length).join(" "));
    for (const [column, [name, accepts]] of rules.entries()) {
      const cell = row[column];
      if (cell === undefined) note(`${line}, ${name}`, "");
      else if (!accepts(cell)) note(`${line}, ${name}`, cell);
    }
  }
  for (const kind of known.findInFile(text)) {
    // Said more exactly above where no rule let it pass.
    if (!leaks.found.some((leak) => leak.entry === entry && leak.kind === kind))
      leaks.add(entry, "text", kind);
  }
}

/** RFC 4180, whatever ends the lines. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  while (cells.lastIndex < text.length) {
    const from = cells.lastIndex;
    const match = cells.exec(text);
    if (match === null) {
      // A quote where none may be: the rest is one cell, which fits no rule.
      row.push(text.slice(from));
      break;
    }
    const [, quoted, plain = "", end] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}
