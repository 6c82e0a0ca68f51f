import {
  type JsonObject,
  type JsonValue,
  isArray,
  isObject,
} from "@lung-iris/audit-words";

export type DiffKind = "changed" | "added" | "removed";

export interface DiffRow {
  /** Name of the field, with a dot where it lies inside another. */
  field: string;
  kind: DiffKind;
  before: JsonValue | undefined;
  after: JsonValue | undefined;
}

/**
 * What differs between two snapshots, field by field in their order. A field
 * that only one of them has was added or removed; objects are compared by
 * their own fields, lists as a whole.
 */
export function diffOf(before: JsonObject, after: JsonObject): DiffRow[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((field) => diffField(field, before, after));
}

function diffField(
  field: string,
  before: JsonObject,
  after: JsonObject,
): DiffRow[] {
  const was = before[field];
  const is = after[field];
  if (isObject(was) && isObject(is)) {
    return diffOf(was, is).map((row) => ({
      ...row,
      field: `${field}.${row.field}`,
    }));
  }
  if (isSame(was, is)) return [];
  const kind =
    was === undefined ? "added" : is === undefined ? "removed" : "changed";
  return [{ field, kind, before: was, after: is }];
}

/** Equal as JSON; the order of an object's fields says nothing. */
function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (isArray(a) && isArray(b)) {
    return (
      a.length === b.length && a.every((item, index) => isSame(item, b[index]))
    );
  }
  if (isObject(a) && isObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => isSame(a[name], b[name]));
  }
  return false;
}

export interface ListChange {
  kept: JsonValue[];
  removed: JsonValue[];
  added: JsonValue[];
}

/** For two lists, what went and what came; null for anything else. */
export function listChange(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): ListChange | null {
  if (!isArray(before) || !isArray(after)) return null;
  const has = (list: readonly JsonValue[], item: JsonValue) =>
    list.some((other) => isSame(item, other));
  return {
    kept: before.filter((item) => has(after, item)),
    removed: before.filter((item) => !has(after, item)),
    added: after.filter((item) => !has(before, item)),
  };
}
