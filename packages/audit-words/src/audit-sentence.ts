import { type AuditEventType, isKnownType } from "./audit-event-types.ts";
import {
  type JsonObject,
  parseObject,
  readNumber,
  readObject,
  readText,
} from "./audit-json.ts";

/** What a sentence needs to know of an event. */
export interface SentenceEvent {
  type: string;
  actorId: string;
  actorName: string;
  subjectName: string | null;
  patientName: string | null;
  before: string | null;
  after: string | null;
  details: string | null;
}

/** What a patient is called whom nobody knows, as the database has it. */
export const STAND_IN_NAME = "Unknown patient";

/** The reader's language, as far as sentences need it. */
export interface SentenceWords {
  aPatient: string;
  /** In place of the stand-in name. */
  unknownPatient: string;
  someReason: string;
  /** Names for SYSTEM and ANONYMOUS; null for people. */
  actor: (actorId: string) => string | null;
  /** The name of a user, where it is known from elsewhere. */
  person: (userId: string) => string | null;
  reason: (code: string) => string;
  field: (name: string) => string;
  label: (code: string) => string;
  decision: (code: string) => string;
  language: (code: string) => string;
  percent: (fraction: number) => string;
  /** "role and sites" */
  list: (items: readonly string[]) => string;
  someFields: string;
}

export interface Sentence {
  /** Name of the message below `sentences`. */
  key: AuditEventType | "unknown";
  values: Record<string, string | number>;
}

/** Tells which sentence an event reads as, and what stands in its gaps. */
export function sentenceOf(
  event: SentenceEvent,
  words: SentenceWords,
): Sentence {
  const details = parseObject(event.details);
  const after = parseObject(event.after);
  const before = parseObject(event.before);
  return {
    key: isKnownType(event.type) ? event.type : "unknown",
    values: {
      type: event.type,
      actor: words.actor(event.actorId) ?? event.actorName,
      patient: patientOf(event, words),
      how: howOf(event.type, details, after),
      method: readText(details, "method") ?? "password",
      fields: fieldsOf(before, after, details, words),
      ...gap("Subject", event.subjectName ?? readText(after, "name")),
      ...reasonGap(details, words),
      ...gap("Query", queryOf(details)),
      ...gap("Operation", readText(details, "operation")),
      ...gap("File", readText(details, "fileName")),
      ...gap("Assignee", assigneeOf(after, words)),
      ...gap("Through", throughOf(details)),
      ...gap("Proposer", readText(details, "proposedByName")),
      ...gap("Note", readText(details, "note")),
      ...labelGaps(details, after, words),
      ...gap("Probability", probabilityOf(details, after, words)),
      ...countGap(details),
    },
  };
}

function patientOf(
  { patientName }: SentenceEvent,
  words: SentenceWords,
): string {
  if (patientName === STAND_IN_NAME) return words.unknownPatient;
  return patientName ?? words.aPatient;
}

/** A gap that may stay empty: `hasName` decides, `name` fills it. */
function gap(name: string, value: string | null) {
  const key = name.charAt(0).toLowerCase() + name.slice(1);
  return { [`has${name}`]: value === null ? "no" : "yes", [key]: value ?? "" };
}

function howOf(type: string, details: JsonObject, after: JsonObject): string {
  switch (type) {
    case "case.released":
      return details["reason"] === "lease-expired" ? "expired" : "released";
    case "case.assigned":
      return isGiven(after) ? "given" : "removed";
    case "audit.verified":
      if (details["ok"] === true) return "intact";
      return details["ok"] === false ? "broken" : "plain";
    case "prediction.recorded":
      return details["gate"] === "not-assessed" ? "refused" : "plain";
    default:
      return "plain";
  }
}

/** Only what changed stands in it: a pool, or a reader out of one. */
function isGiven(after: JsonObject): boolean {
  const named = [after["assigneeId"], after["poolId"]];
  return named.some((id) => typeof id === "string") || !named.includes(null);
}

function assigneeOf(after: JsonObject, words: SentenceWords): string | null {
  const id = readText(after, "assigneeId");
  return id === null ? null : words.person(id);
}

function fieldsOf(
  before: JsonObject,
  after: JsonObject,
  details: JsonObject,
  words: SentenceWords,
): string {
  // A password never stands in before and after, not even as a hash.
  const password = details["isPasswordNew"] === true ? ["password"] : [];
  const names = new Set([
    ...Object.keys(before),
    ...Object.keys(after),
    ...password,
  ]);
  const shown = [...new Set([...names].map((name) => words.field(name)))];
  return shown.length > 0 ? words.list(shown) : words.someFields;
}

function reasonGap(details: JsonObject, words: SentenceWords) {
  const code = readText(details, "reason", "gateReason", "code", "error");
  return {
    hasReason: code === null ? "no" : "yes",
    reason: code === null ? words.someReason : words.reason(code),
  };
}

function queryOf(details: JsonObject): string | null {
  const names = ["search", "patientSearch", "actorSearch", "query"];
  return (
    readText(details, ...names) ??
    readText(readObject(details, "filter"), ...names)
  );
}

function throughOf(details: JsonObject): string | null {
  const number = readNumber(details, "through", "verifiedThrough");
  return number === null
    ? readText(details, "through", "verifiedThrough")
    : String(number);
}

function labelGaps(
  details: JsonObject,
  after: JsonObject,
  words: SentenceWords,
) {
  const signed = {
    ...readObject(after, "review"),
    ...readObject(after, "reading"),
  };
  const label = readText(signed, "label");
  const decision = readText(signed, "decision");
  const language = readText(after, "locale") ?? readText(details, "locale");
  return {
    ...gap("Label", label === null ? null : words.label(label)),
    ...gap("Decision", decision === null ? null : words.decision(decision)),
    ...gap("Language", language === null ? null : words.language(language)),
  };
}

function probabilityOf(
  details: JsonObject,
  after: JsonObject,
  words: SentenceWords,
): string | null {
  const value =
    readNumber(details, "probability") ?? readNumber(after, "probability");
  return value === null ? null : words.percent(value);
}

function lengthOf(details: JsonObject, name: string): number | null {
  const list = details[name];
  return Array.isArray(list) ? list.length : null;
}

function countGap(details: JsonObject) {
  const count =
    readNumber(details, "films") ??
    readNumber(details, "count") ??
    lengthOf(details, "patientIds") ??
    readNumber(readObject(details, "counts"), "films");
  return { hasCount: count === null ? "no" : "yes", count: count ?? 0 };
}
