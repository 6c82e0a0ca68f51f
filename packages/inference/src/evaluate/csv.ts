/**
 * Records of a CSV text (RFC 4180) by the names in its first line: quotes,
 * doubled quotes, line breaks inside quotes, any line end, a byte-order mark,
 * and semicolons or tabs where the first line has no comma. A record with too
 * few fields has empty ones.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const content = text.replace(/^\uFEFF/u, "");
  const firstLine = /^.*/u.exec(content)?.[0] ?? "";
  const separator =
    [",", ";", "\t"].find((candidate) => firstLine.includes(candidate)) ?? ",";
  const [names = [], ...records] = splitRecords(content, separator);
  const keys = names.map((name) => name.trim());
  return records
    .filter((fields) => fields.some((field) => field !== ""))
    .map((fields) =>
      Object.fromEntries(keys.map((key, i) => [key, fields[i] ?? ""])),
    );
}

function splitRecords(text: string, separator: string): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[i + 1] === '"') {
        field += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === separator) {
      fields.push(field);
      field = "";
    } else if (char === "\n") {
      records.push([...fields, field.replace(/\r$/u, "")]);
      fields = [];
      field = "";
    } else field += char;
  }
  if (field !== "" || fields.length > 0) records.push([...fields, field]);
  return records;
}
