import { canonicalJson } from "./canonical-json.ts";
import type { JsonValue } from "./canonical-json.ts";

export type Snapshot = Record<string, JsonValue>;

export interface Changes {
  before: Snapshot;
  after: Snapshot;
}

/**
 * The only maker of before and after: compares two states of one row, both
 * read in the transaction that changes it, over the columns named, and keeps
 * what differs. `null` before means the row is new.
 */
export function changesOf<Row extends object>(
  before: Row | null,
  after: Row,
  columns: readonly (keyof Row & string)[],
): Changes {
  const changes: Changes = { before: {}, after: {} };
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
function toJson(value: unknown): JsonValue {
  // canonicalJson writes nothing but JSON, so parsing gives a JsonValue.
  return JSON.parse(canonicalJson(value ?? null)) as JsonValue;
}
