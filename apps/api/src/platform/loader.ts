import DataLoader from "dataloader";
import { NotFoundError } from "../errors.ts";

/**
 * Values by key, read together within one tick. Those that a page brought
 * with it are answered at once: a page has hundreds, each of them a promise
 * otherwise.
 */
export class RowLoader<Value> extends DataLoader<string, Value> {
  readonly #known = new Map<string, Value>();

  /** The value, where it is known already. */
  get(key: string): Value | Promise<Value> {
    const known = this.#known.get(key);
    return known === undefined ? this.load(key) : known;
  }

  /** Takes a value that was read otherwise, within the same request. */
  know(key: string, value: Value): void {
    this.#known.set(key, value);
  }

  override load(key: string): Promise<Value> {
    const known = this.#known.get(key);
    return known === undefined ? super.load(key) : Promise.resolve(known);
  }
}

/** Rows by id, read together within one tick; null where there is none. */
export function rowsById<Row extends { id: string }>(
  read: (ids: string[]) => Promise<Row[]>,
): RowLoader<Row | null> {
  return new RowLoader(async (ids) => {
    const byId = new Map((await read([...ids])).map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Rows in groups by a key, each group in the order read. */
export function rowsByKey<Row>(
  read: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): RowLoader<Row[]> {
  return new RowLoader(async (keys) => {
    const groups = groupsOf(keys, await read([...keys]), keyOf);
    return keys.map((key) => groups.get(key) ?? []);
  });
}

/** Rows by a key; keys of no row have an empty group. */
export function groupsOf<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return groups;
}

/** For fields that cannot be null; a row out of scope is NOT_FOUND. */
export async function loadRequired<Row>(
  loader: DataLoader<string, Row | null>,
  id: string,
  what: string,
): Promise<Row> {
  return required(await loader.load(id), what);
}

/** The same for fields of many rows: at once where the row is known. */
export function getRequired<Row extends object>(
  loader: RowLoader<Row | null>,
  id: string,
  what: string,
): Row | Promise<Row> {
  const row = loader.get(id);
  return row instanceof Promise
    ? row.then((loaded) => required(loaded, what))
    : required(row, what);
}

function required<Row>(row: Row | null, what: string): Row {
  if (row === null) throw new NotFoundError(what);
  return row;
}
