import type { AuditEvent } from "@lung-iris/prisma";
import {
  plainSentences,
  type NameOf,
  type SentenceLocale,
} from "@lung-iris/audit-words/plain-sentences";
import { CSV_MARK, csvCell } from "../platform/csv.ts";
import type { PatientAsOf } from "./patients-as-of.ts";
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
  "patientName",
  "recordNumber",
  "sentence",
  "origin",
  "before",
  "after",
  "details",
  "previousHash",
  "hash",
] as const;

/** The names of the columns; those of the schema, and what a person reads. */
export const CSV_HEADER = `${CSV_MARK}${COLUMNS.join(",")}\r\n`;

/** What stands in a line beside the event itself. */
export interface EventNames {
  /** As it was called then. */
  patient: PatientAsOf | null;
  subjectName: string | null;
  nameOf: NameOf;
}

/**
 * Gives a function that writes an event as a line of RFC 4180, with a sentence
 * in the language; what has structure is JSON in its cell.
 */
export function csvLines(
  locale: SentenceLocale,
): (row: AuditEvent, names: EventNames) => string {
  const sentence = plainSentences(locale);
  return (row, { patient, subjectName, nameOf }) => {
    const presented = presentEvent(row);
    const patientName = patient?.name ?? null;
    const event = {
      ...presented,
      at: row.at.toISOString(),
      patientName,
      recordNumber: patient?.mrn ?? null,
      sentence: sentence({ ...presented, patientName, subjectName }, nameOf),
    };
    return `${COLUMNS.map((column) => csvCell(event[column])).join(",")}\r\n`;
  };
}
