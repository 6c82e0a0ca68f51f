import { canonicalJson } from "./canonical-json.ts";
import type { JsonValue } from "./canonical-json.ts";

/** A column's value as it stands in JSON: dates and large numbers as text. */
type AsJson<Value> = Value extends Date | bigint
  ? string
  : Value extends undefined
    ? null
    : Value extends readonly (infer Item extends string | number)[]
      ? Item[]
      : Value extends string | number | boolean | null
        ? Value
        : JsonValue;

type Snapshot<Row, Column extends keyof Row> = {
  [Key in Column]?: AsJson<Row[Key]>;
};

export interface Changes<
  Row = Record<string, JsonValue>,
  Column extends keyof Row = keyof Row,
> {
  before: Snapshot<Row, Column>;
  after: Snapshot<Row, Column>;
}

/**
 * The only maker of before and after: compares two states of one row, both
 * read in the transaction that changes it, over the columns named, and keeps
 * what differs. `null` before means the row is new.
 */
export function changesOf<Row extends object, Column extends keyof Row>(
  before: Row | null,
  after: Row,
  columns: readonly Column[],
): Changes<Row, Column> {
  const changes: Changes<Row, Column> = { before: {}, after: {} };
  for (const column of columns) {
    const was = before === null ? undefined : toJson(before[column]);
    const is = toJson(after[column]);
    if (was !== undefined && canonicalJson(was) === canonicalJson(is)) continue;
    if (was !== undefined) changes.before[column] = was;
    changes.after[column] = is;
  }
  return changes;
}

/** Dates as ISO text, undefined as null, everything else through JSON. */
function toJson<Value>(value: Value): AsJson<Value> {
  // canonicalJson writes what AsJson says of each kind of value.
  return JSON.parse(canonicalJson(value ?? null)) as AsJson<Value>;
}
