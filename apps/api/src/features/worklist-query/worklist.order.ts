import { Prisma } from "@lung-iris/prisma";
import { z } from "zod";
import type { Bucket } from "./worklist.buckets.ts";

type Kind = "time" | "number" | "text";

interface Order {
  /** The column of "Case" that a bucket is ordered by; the id breaks ties. */
  column: string;
  kind: Kind;
  isDescending?: true;
  /** The other way round of another order, its places as well. */
  isReversed?: true;
  /** What comes before the column: one place for each of its values. */
  place?: "urgency" | "state" | "label" | "site";
  /** An index holds a site's whole list in this order, so it can be walked. */
  hasWholeList?: true;
}

const ORDERS = {
  URGENCY: {
    column: "arrivedAt",
    kind: "time",
    place: "urgency",
    hasWholeList: true,
  },
  ARRIVED_NEWEST: {
    column: "arrivedAt",
    kind: "time",
    isDescending: true,
    hasWholeList: true,
  },
  ARRIVED_OLDEST: { column: "arrivedAt", kind: "time", hasWholeList: true },
  PROBABILITY: {
    column: "sortProbability",
    kind: "number",
    isDescending: true,
    hasWholeList: true,
  },
  PROBABILITY_REVERSED: {
    column: "sortProbability",
    kind: "number",
    hasWholeList: true,
  },
  PATIENT: { column: "sortName", kind: "text", hasWholeList: true },
  PATIENT_REVERSED: {
    column: "sortName",
    kind: "text",
    isDescending: true,
    hasWholeList: true,
  },
  AGE_YOUNGEST: { column: "sortAge", kind: "number" },
  AGE_OLDEST: { column: "sortAge", kind: "number", isDescending: true },
  MRN: { column: "sortMrn", kind: "text" },
  MRN_REVERSED: { column: "sortMrn", kind: "text", isDescending: true },
  EXAMINATION: { column: "sortExamination", kind: "text" },
  EXAMINATION_REVERSED: {
    column: "sortExamination",
    kind: "text",
    isDescending: true,
  },
  ACCESSION: { column: "sortAccession", kind: "text" },
  ACCESSION_REVERSED: {
    column: "sortAccession",
    kind: "text",
    isDescending: true,
  },
  SITE: { column: "arrivedAt", kind: "time", place: "site" },
  SITE_REVERSED: {
    column: "arrivedAt",
    kind: "time",
    place: "site",
    isDescending: true,
    isReversed: true,
  },
  FINDING: { column: "arrivedAt", kind: "time", place: "label" },
  FINDING_REVERSED: {
    column: "arrivedAt",
    kind: "time",
    place: "label",
    isDescending: true,
    isReversed: true,
  },
  ASSIGNEE: { column: "sortAssignee", kind: "text" },
  ASSIGNEE_REVERSED: {
    column: "sortAssignee",
    kind: "text",
    isDescending: true,
  },
  STATE: { column: "arrivedAt", kind: "time", place: "state" },
  STATE_REVERSED: {
    column: "arrivedAt",
    kind: "time",
    place: "state",
    isDescending: true,
    isReversed: true,
  },
} as const satisfies Record<string, Order>;

export type WorklistSort = keyof typeof ORDERS;

/** Every order that the worklist knows. */
// Object.keys forgets that these are all the keys there are.
export const WORKLIST_SORTS = Object.keys(ORDERS) as [
  WorklistSort,
  ...WorklistSort[],
];

function orderBy(sort: WorklistSort): Order {
  return ORDERS[sort];
}

/** Whether the order says what the AI answered. */
export function sortTellsAi(sort: WorklistSort | null): boolean {
  return sort !== null && orderBy(sort).column === "sortProbability";
}

/** One list of a site after that of another. */
export function isBySite(sort: WorklistSort): boolean {
  return orderBy(sort).place === "site";
}

/** By name, whichever way round. */
export function isByPatient(sort: WorklistSort): boolean {
  return orderBy(sort).column === "sortName";
}

/** Whether an index holds a site's whole list in this order. */
export function hasWholeList(sort: WorklistSort): boolean {
  return orderBy(sort).hasWholeList === true;
}

/** Whether an index holds one assignee's cases in this order. */
export function hasAssignedList(sort: WorklistSort): boolean {
  const { column } = orderBy(sort);
  return ["arrivedAt", "sortProbability", "sortName"].includes(column);
}

/** Whether an index holds the cases of one reader in this order. */
export function hasReadersList(sort: WorklistSort): boolean {
  return arrivalsOf(sort) !== null;
}

/** Which arrivals come first within a bucket; null in any other order. */
export function arrivalsOf(sort: WorklistSort): "oldest" | "newest" | null {
  const { column, isDescending } = orderBy(sort);
  if (column !== "arrivedAt") return null;
  return isDescending ? "newest" : "oldest";
}

/**
 * Places of the order by urgency: the four classes of what waits past its
 * ceiling, the four of what else is open, then the four of what is signed.
 */
export const TIMELY_FROM = 4;
export const SIGNED_FROM = 8;
/** More sites than anybody looks at; other places are fewer. */
const LAST_PLACE = 9_999;

/**
 * Where a row stands: place, the sort's value as text, id, and when the first
 * page was asked for: what was in time then stays so on the pages after it.
 */
export type WorklistKey = [number, string, string, string];

/** What a cursor of this order must hold. */
export function worklistKeySchema(sort: WorklistSort): z.ZodType<WorklistKey> {
  return z.tuple([
    z.int().min(0).max(LAST_PLACE),
    VALUES[orderBy(sort).kind],
    z.uuid(),
    z.iso.datetime(),
  ]);
}

const VALUES: Record<Kind, z.ZodType<string>> = {
  time: z.iso.datetime(),
  number: z
    .string()
    .regex(/^-?\d+(\.\d+)?(e-?\d+)?$/)
    .refine(isDouble),
  text: z.string().max(500),
};

/** Whether PostgreSQL reads it as a double precision: not beyond its range. */
function isDouble(text: string): boolean {
  const size = Math.abs(Number(text));
  return size === 0 ? !text.includes("e") : size > 1e-300 && size < 1e300;
}

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
export const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";
/** Behind every text; what has none stands there (sort_text). */
export const LAST_TEXT = "\u{10ffff}";

/** How a kind of value is written out. */
const TEXTS: Record<Kind, Prisma.Sql> = {
  time: Prisma.sql`to_char(w."value" AT TIME ZONE 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  number: Prisma.sql`w."value"::text`,
  text: Prisma.sql`w."value"`,
};

/** The column a sort orders by within a bucket; the id breaks ties. */
export function keyOf(sort: WorklistSort) {
  const { column, kind, isDescending } = orderBy(sort);
  return {
    // One of the names above, never a user's.
    column: Prisma.raw(`"${column}"`),
    text: TEXTS[kind],
    comparison: isDescending ? Prisma.sql`<` : Prisma.sql`>`,
    direction: isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`,
  };
}

/** The order of the merged buckets. */
export function orderOf(sort: WorklistSort): Prisma.Sql {
  const { direction } = keyOf(sort);
  const byValue = Prisma.sql`w."value" ${direction}, w."id" ${direction}`;
  return orderBy(sort).place === undefined
    ? byValue
    : Prisma.sql`w."rank", ${byValue}`;
}

interface Front {
  codes: number[];
  /** Places of the buckets, for orders that have them. */
  ranks: number[];
  /** A typed SQL array, one value a bucket. */
  values: Prisma.Sql;
  ids: string[];
}

/**
 * Which buckets are still to be read after a key, and from where in each:
 * where the order has places, the buckets of earlier ones are done, the key's
 * own go on after it, the rest at `start`; in every other order all go on
 * after it. `base`: the place of the most urgent class.
 */
export function frontOf(
  sort: WorklistSort,
  buckets: readonly Bucket[],
  after: WorklistKey | null,
  start: Start,
  base: number,
): Front {
  const { place, kind } = orderBy(sort);
  const from = buckets.flatMap((bucket) => {
    const { code } = bucket;
    const rank = base + rankOf(sort, bucket);
    if (after === null) return [{ code, rank, ...start }];
    const [reached, value, id] = after;
    // The places of sites are told apart where each has a source of its own.
    if (place === undefined || place === "site" || rank === reached)
      return [{ code, rank, value, id }];
    return rank > reached ? [{ code, rank, ...start }] : [];
  });
  const values = from.map(({ value }) => value);
  return {
    codes: from.map(({ code }) => code),
    ranks: from.map(({ rank }) => rank),
    ids: from.map(({ id }) => id),
    values: ARRAYS[kind](values),
  };
}

/** A bucket's place in an order, before what waits too long is told apart. */
function rankOf(sort: WorklistSort, bucket: Bucket): number {
  const { place, isReversed } = orderBy(sort);
  switch (place) {
    case "state":
      return isReversed ? LAST_RANK - bucket.stateRank : bucket.stateRank;
    case "label":
      return isReversed ? LAST_RANK - bucket.labelRank : bucket.labelRank;
    default:
      return bucket.urgencyRank;
  }
}

/** Behind every state and every label. */
const LAST_RANK = 9;

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
  const { kind, isDescending } = orderBy(sort);
  const { first, last } = ENDS[kind];
  return isDescending
    ? { value: last, id: LAST_ID }
    : { value: first, id: FIRST_ID };
}

const ENDS: Record<Kind, { first: string; last: string }> = {
  time: { first: "-infinity", last: "infinity" },
  number: { first: "-Infinity", last: "Infinity" },
  text: { first: "", last: LAST_TEXT },
};

const ARRAYS: Record<Kind, (values: string[]) => Prisma.Sql> = {
  time: (values) => Prisma.sql`${values}::timestamptz[]`,
  number: (values) => Prisma.sql`${values}::float8[]`,
  text: (values) => Prisma.sql`${values}::text[]`,
};
