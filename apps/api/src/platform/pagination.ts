import { z } from "zod";
import { BadInputError } from "../errors.ts";
import { assertPlain } from "./plain-input.ts";

/** Largest page a client may ask for. */
export const MAX_PAGE_SIZE = 200;

export interface PageRequest {
  first: number;
  after?: string | null;
}

export interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

export interface Edge<Row> {
  cursor: string;
  node: Row;
}

export interface Page<Row> {
  edges: Edge<Row>[];
  pageInfo: PageInfo;
}

/** Checks a page size; throws `BadInputError`. */
export function pageSize(first: number): number {
  if (first < 1 || first > MAX_PAGE_SIZE) {
    throw new BadInputError(
      `A page holds 1 to ${String(MAX_PAGE_SIZE)} rows, not ${String(first)}.`,
      ["first"],
    );
  }
  return first;
}

/** Cursors are opaque to clients: the sort values of the row, in base64url. */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** Reads a cursor back; anything that does not parse is `BadInputError`. */
export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    values = undefined;
  }
  assertPlain(values, "after");
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    throw new BadInputError("This cursor does not belong to this list.", [
      "after",
    ]);
  }
  return parsed.data;
}

/** Makes a page of up to `first` rows out of up to `first + 1` rows read. */
export function toPage<Row>(
  rows: readonly Row[],
  first: number,
  after: string | null | undefined,
  cursorOf: (row: Row) => string,
): Page<Row> {
  const edges = rows
    .slice(0, first)
    .map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** By what a list goes on: a value of each row that no other row has. */
export interface ListKey<Row, Key> {
  cursor: z.ZodType<[Key]>;
  of: (row: Row) => Key;
}

/** Rows whose ids are of version 7: later made, larger. */
export const BY_ID: ListKey<{ id: string }, string> = {
  cursor: z.tuple([z.uuid()]),
  of: ({ id }) => id,
};

/** Rows that are counted from 1. */
export function byNumber<Row>(of: (row: Row) => number): ListKey<Row, number> {
  return { cursor: z.tuple([z.int().min(1)]), of };
}

/**
 * A page of a list in the order of one key.
 *
 * @param read so many rows beyond a key, or from the beginning
 */
export async function pageBy<Row extends object, Key>(
  { first, after }: { first: number; after?: string | null | undefined },
  key: ListKey<NoInfer<Row>, Key>,
  read: (beyond: Key | null, take: number) => Promise<Row[]>,
): Promise<Page<Row>> {
  const size = pageSize(first);
  const [beyond] = after ? decodeCursor(after, key.cursor) : [null];
  const rows = await read(beyond, size + 1);
  return toPage(rows, size, after, (row) => encodeCursor([key.of(row)]));
}
