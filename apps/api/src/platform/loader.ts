import DataLoader from "dataloader";
import { NotFoundError } from "../errors.ts";

/** Rows by id, read together within one tick; null where there is none. */
export function rowsById<Row extends { id: string }>(
  read: (ids: string[]) => Promise<Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const byId = new Map((await read([...ids])).map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Rows in groups by a key, each group in the order read. */
export function rowsByKey<Row>(
  read: (keys: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const row of await read([...keys])) groups.get(keyOf(row))?.push(row);
    return keys.map((key) => groups.get(key) ?? []);
  });
}

/** For fields that cannot be null; a row out of scope is NOT_FOUND. */
export async function loadRequired<Row>(
  loader: DataLoader<string, Row | null>,
  id: string,
  what: string,
): Promise<Row> {
  const row = await loader.load(id);
  if (row === null) throw new NotFoundError(what);
  return row;
}
