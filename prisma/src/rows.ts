import pg from "pg";
import type { DatabaseClient } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import type { KeptRows } from "./kept-rows.ts";
import type { StatementNames } from "./statement-names.ts";

/** How one client's database is asked without Prisma in between. */
export interface DirectReads {
  pool: pg.Pool;
  /** Connections that keep the first plan of every statement. */
  keptPlans: pg.Pool;
  names: StatementNames;
  kept: KeptRows;
}

/**
 * `kept`: one plan is good for any values, and PostgreSQL is told so; by its
 * own estimates of lists whose length it does not know it would go on making
 * plans, which take longer than the statement. `weighed`: it may find out
 * whether one plan does. `anew`: the values decide which plan is good, as
 * those of a search do.
 */
export type StatementPlan = "kept" | "weighed" | "anew";

const directReads = new WeakMap<DatabaseClient, DirectReads>();

/** A text with $1, $2, … and what stands for them. */
type Statement = Pick<Prisma.Sql, "text" | "values">;

/** To be called once for a client, by who makes it. */
export function allowDirectReads(
  client: DatabaseClient,
  reads: DirectReads,
): void {
  directReads.set(client, reads);
}

/**
 * Rows of a statement, straight from the driver:
 * for reads outside of a transaction that every page needs, where what Prisma
 * does for each is most of their time. Values come as Prisma would give them:
 * times and days as Date, whole and broken numbers as number, JSON as it is.
 */
export async function readRows<Row extends object>(
  client: DatabaseClient,
  { text, values }: Statement,
  plan: StatementPlan = "kept",
): Promise<Row[]> {
  const { rows } = await ask<Row>(client, text, values, plan);
  return rows;
}

/** The same for a statement that writes; it is a transaction of its own. */
export async function runStatement(
  client: DatabaseClient,
  { text, values }: Statement,
): Promise<void> {
  await ask(client, text, values, "kept");
}

async function ask<Row extends object>(
  client: DatabaseClient,
  text: string,
  values: readonly unknown[],
  plan: StatementPlan,
): Promise<pg.QueryResult<Row>> {
  const { pool, keptPlans, names } = readsOf(client);
  const name = plan === "anew" ? "" : names.nameOf(text);
  return (plan === "kept" ? keptPlans : pool).query<Row>({
    name,
    text,
    // The driver takes a list that it may keep.
    values: [...values],
    types: { getTypeParser: parserOf },
  });
}

/** Rows that this client's readers were given, to be told by their stamps. */
export function keptRowsOf(client: DatabaseClient): KeptRows {
  return readsOf(client).kept;
}

function readsOf(client: DatabaseClient): DirectReads {
  const reads = directReads.get(client);
  if (reads === undefined)
    throw new Error("only a client of createDatabase reads directly");
  return reads;
}

/** Columns of a table as Prisma names them, for a SELECT from `alias`. */
export function columnsOf(
  fields: Readonly<Record<string, string>>,
  alias: string,
): string {
  return Object.keys(fields)
    .map((name) => `${alias}."${name}"`)
    .join(", ");
}

type Parser<Value> = (text: string) => Value;

/** OIDs of PostgreSQL's catalogue, the same in every database. */
const DATE = 1082;
const TIMESTAMPTZ = 1184;

// The driver's types know only OIDs of a list, and nothing of what comes out.
const stockParser = pg.types.getTypeParser as (oid: number) => Parser<unknown>;
const stockInstant = stockParser(TIMESTAMPTZ) as Parser<Date>;

function parserOf(oid: number): Parser<unknown> {
  if (oid === TIMESTAMPTZ) return instantOf;
  if (oid === DATE) return dayOf;
  return stockParser(oid);
}

/** As PostgreSQL writes it in ISO style: "2026-01-31 23:59:59.123+00". */
const INSTANT =
  /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d(?::\d\d)?)$/;

/** Most of what the driver's own parser does is for times that we never have. */
function instantOf(text: string): Date {
  if (text.endsWith("+00") && text[10] === " ")
    return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
  const parts = INSTANT.exec(text);
  if (parts === null) return stockInstant(text);
  const [, day = "", time = "", zone = ""] = parts;
  return new Date(`${day}T${time}${zone.length === 3 ? `${zone}:00` : zone}`);
}

/** A day is the same everywhere; the driver would make it one of this zone. */
function dayOf(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}
