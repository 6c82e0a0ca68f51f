/** What may stand in an audit event: JSON, and dates written as ISO text. */
export type JsonValue =
  string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/**
 * JSON with sorted keys and no spaces, so that equal values give equal
 * texts and the hash can be computed again years later. Keys whose value is
 * undefined are left out; numbers that JSON cannot write are refused.
 *
 * @throws TypeError naming the path of a value that is not JSON.
 */
export function canonicalJson(value: unknown, path = "$"): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value))
        throw new TypeError(`${path} is ${String(value)}, which is not JSON`);
      return JSON.stringify(value);
    case "bigint":
      return JSON.stringify(value.toString());
    case "object":
      return value === null ? "null" : canonicalObject(value, path);
    default:
      throw new TypeError(`${path} is a ${typeof value}, which is not JSON`);
  }
}

function canonicalObject(value: object, path: string): string {
  if (Array.isArray(value)) {
    const items = value.map((item, index) =>
      canonicalJson(item, `${path}[${String(index)}]`),
    );
    return `[${items.join(",")}]`;
  }
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const members = entries.map(
    ([key, item]) =>
      `${JSON.stringify(key)}:${canonicalJson(item, `${path}.${key}`)}`,
  );
  return `{${members.join(",")}}`;
}
