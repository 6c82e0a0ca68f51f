import type { AuditEvent } from "@lung-iris/prisma";
import { csvCell } from "../platform/csv.ts";
import { presentEvent } from "./present-event.ts";

const COLUMNS = [
  "seq",
  "at",
  "type",
  "actorId",
  "actorName",
  "actorRole",
  "siteId",
  "subjectType",
  "subjectId",
  "patientId",
  "origin",
  "before",
  "after",
  "details",
  "previousHash",
  "hash",
] as const;

/** The names of the columns, as the schema has them. */
export const CSV_HEADER = `${COLUMNS.join(",")}\r\n`;

/** One event as a line of RFC 4180; what has structure is JSON in its cell. */
export function csvLine(row: AuditEvent): string {
  const event = { ...presentEvent(row), at: row.at.toISOString() };
  return `${COLUMNS.map((column) => csvCell(event[column])).join(",")}\r\n`;
}
