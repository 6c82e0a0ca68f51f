import pg from "pg";
import { Prisma } from "./generated/client.ts";

/** How values come out of the driver: as Prisma would give them. */

type Parser<Value> = (text: string) => Value;

/** OIDs of PostgreSQL's catalogue, the same in every database. */
const INT8 = 20;
const NUMERIC = 1700;
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

/** Times and days as Date; whole numbers of 8 bytes and decimals as text. */
export const typesAsRows = { getTypeParser: parserOf };

/** The same with long whole numbers and decimals as Prisma's own SQL gives them. */
export const typesAsPrisma = {
  getTypeParser: (oid: number): Parser<unknown> => {
    if (oid === INT8) return BigInt;
    if (oid === NUMERIC) return (text) => new Prisma.Decimal(text);
    return parserOf(oid);
  },
};

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
