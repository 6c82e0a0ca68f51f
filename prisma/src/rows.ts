import type pg from "pg";
import type { DatabaseClient } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import type { KeptRows } from "./kept-rows.ts";
import { typesAsRows } from "./row-values.ts";
import type { Tx } from "./transaction.ts";
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

/**
 * The same wherever the caller is: in a transaction on its connection, else on
 * any. For statements without long whole numbers, which differ between both.
 */
export function readRowsIn<Row extends object>(
  client: DatabaseClient | Tx,
  statement: Prisma.Sql,
): Promise<Row[]> {
  return isClient(client)
    ? readRows<Row>(client, statement)
    : client.$queryRaw<Row[]>(statement);
}

function isClient(client: DatabaseClient | Tx): client is DatabaseClient {
  // Only clients are keys: whatever is none is the client of a transaction.
  return directReads.has(client as DatabaseClient);
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
    types: typesAsRows,
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
