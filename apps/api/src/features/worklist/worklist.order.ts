import { Prisma } from "@lung-iris/prisma";
import { z } from "zod";
import { assertNever } from "../../errors.ts";
import type { Bucket } from "./worklist.buckets.ts";

export const WORKLIST_SORTS = [
  "URGENCY",
  "ARRIVED_NEWEST",
  "ARRIVED_OLDEST",
  "PROBABILITY",
  "PATIENT",
] as const;
export type WorklistSort = (typeof WORKLIST_SORTS)[number];

/**
 * Places of the order by urgency: the four classes of what waits past its
 * ceiling, then the four of everything else.
 */
export const TIMELY_FROM = 4;
const LAST_PLACE = 7;

/**
 * Where a row stands: place, the sort's value as text, id, and when the first
 * page was asked for: what was in time then stays so on the pages after it.
 */
export type WorklistKey = [number, string, string, string];

/** What a cursor of this order must hold. */
export function worklistKeySchema(sort: WorklistSort): z.ZodType<WorklistKey> {
  return z.tuple([
    z.int().min(0).max(LAST_PLACE),
    valueSchema(sort),
    z.uuid(),
    z.iso.datetime(),
  ]);
}

function valueSchema(sort: WorklistSort): z.ZodType<string> {
  switch (sort) {
    case "URGENCY":
    case "ARRIVED_OLDEST":
    case "ARRIVED_NEWEST":
      return z.iso.datetime();
    case "PROBABILITY":
      return z
        .string()
        .regex(/^-?\d+(\.\d+)?(e-?\d+)?$/)
        .refine(isDouble);
    case "PATIENT":
      return z.string().max(500);
    default:
      return assertNever(sort);
  }
}

/** Whether PostgreSQL reads it as a double precision: not beyond its range. */
function isDouble(text: string): boolean {
  const size = Math.abs(Number(text));
  return size === 0 ? !text.includes("e") : size > 1e-300 && size < 1e300;
}

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

const ascending = {
  comparison: Prisma.sql`>`,
  direction: Prisma.sql`ASC`,
} as const;
const descending = {
  comparison: Prisma.sql`<`,
  direction: Prisma.sql`DESC`,
} as const;

const arrived = {
  column: Prisma.sql`"arrivedAt"`,
  text: Prisma.sql`to_char(w."value" AT TIME ZONE 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
} as const;

/** The column a sort orders by within a bucket; the id breaks ties. */
export function keyOf(sort: WorklistSort) {
  switch (sort) {
    case "URGENCY":
    case "ARRIVED_OLDEST":
      return { ...arrived, ...ascending };
    case "ARRIVED_NEWEST":
      return { ...arrived, ...descending };
    case "PROBABILITY":
      return {
        column: Prisma.sql`"sortProbability"`,
        text: Prisma.sql`w."value"::text`,
        ...descending,
      };
    case "PATIENT":
      return {
        column: Prisma.sql`"sortName"`,
        text: Prisma.sql`w."value"`,
        ...ascending,
      };
    default:
      return assertNever(sort);
  }
}

/** The order of the merged buckets. */
export function orderOf(sort: WorklistSort): Prisma.Sql {
  const { direction } = keyOf(sort);
  const byValue = Prisma.sql`w."value" ${direction}, w."id" ${direction}`;
  return sort === "URGENCY" ? Prisma.sql`w."rank", ${byValue}` : byValue;
}

interface Front {
  codes: number[];
  /** Places of the buckets, for the order by urgency. */
  ranks: number[];
  /** A typed SQL array, one value a bucket. */
  values: Prisma.Sql;
  ids: string[];
}

/**
 * Which buckets are still to be read after a key, and from where in each:
 * by urgency, the buckets of earlier places are done, the key's own go on
 * after it, the rest at `start`; in every other order all go on after it.
 * `base`: the place of the most urgent class.
 */
export function frontOf(
  sort: WorklistSort,
  buckets: readonly Bucket[],
  after: WorklistKey | null,
  start: Start,
  base: number,
): Front {
  const from = buckets.flatMap(({ code, urgencyRank }) => {
    const rank = base + urgencyRank;
    if (after === null) return [{ code, rank, ...start }];
    const [reached, value, id] = after;
    if (sort !== "URGENCY" || rank === reached)
      return [{ code, rank, value, id }];
    return rank > reached ? [{ code, rank, ...start }] : [];
  });
  const values = from.map(({ value }) => value);
  return {
    codes: from.map(({ code }) => code),
    ranks: from.map(({ rank }) => rank),
    ids: from.map(({ id }) => id),
    values: valueArray(sort, values),
  };
}

/** What the rows of a list come after. */
export interface Start {
  value: string;
  id: string;
}

/** Before every row that arrived then or later; after every earlier one. */
export function startAt(time: Date): Start {
  return { value: time.toISOString(), id: FIRST_ID };
}

/** Before every name that starts with the text. */
export function startAtName(text: string): Start {
  return { value: text, id: FIRST_ID };
}

/** The beginning of a whole list. */
export function startOf(sort: WorklistSort): Start {
  switch (sort) {
    case "URGENCY":
    case "ARRIVED_OLDEST":
      return { value: "-infinity", id: FIRST_ID };
    case "ARRIVED_NEWEST":
      return { value: "infinity", id: LAST_ID };
    case "PROBABILITY":
      return { value: "Infinity", id: LAST_ID };
    case "PATIENT":
      return { value: "", id: FIRST_ID };
    default:
      return assertNever(sort);
  }
}

function valueArray(sort: WorklistSort, values: string[]): Prisma.Sql {
  switch (sort) {
    case "URGENCY":
    case "ARRIVED_OLDEST":
    case "ARRIVED_NEWEST":
      return Prisma.sql`${values}::timestamptz[]`;
    case "PROBABILITY":
      return Prisma.sql`${values}::float8[]`;
    case "PATIENT":
      return Prisma.sql`${values}::text[]`;
    default:
      return assertNever(sort);
  }
}
