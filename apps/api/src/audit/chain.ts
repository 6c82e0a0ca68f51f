import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "./canonical-json.ts";

/** What the first event has in the place of the hash before it. */
export const GENESIS_HASH = "0".repeat(64);

/** One row of the audit table, as stored or as exported. */
export interface ChainEvent {
  seq: string;
  at: string;
  type: string;
  actorId: string;
  actorName: string;
  actorRole: string;
  siteId: string | null;
  subjectType: string;
  subjectId: string;
  patientId: string | null;
  content: string;
  previousHash: string;
  hash: string;
}

export interface ChainEnd {
  seq: string;
  hash: string;
}

/** An event of the chain that was noted down outside the database. */
export interface KnownEvent extends ChainEnd {
  /** Who says so, for people: "checkpoint of 2026-03-02T09:00:00.000Z". */
  source: string;
}

/** The first event that does not hold, and what is wrong with it. */
export interface ChainBreak {
  /** Null where it is no one event that is wrong. */
  seq: string | null;
  problem: string;
}

const contentSchema = z.object({
  at: z.string(),
  type: z.string(),
  actor: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  siteId: z.string().nullable(),
  subject: z.object({ type: z.string(), id: z.string() }),
  patientId: z.string().nullable(),
});

/** SHA-256 hex over previous hash, number and content, joined by line feeds. */
export function hashOf(event: {
  previousHash: string;
  seq: string;
  content: string;
}): string {
  return createHash("sha256")
    .update(`${event.previousHash}\n${event.seq}\n${event.content}`)
    .digest("hex");
}

/**
 * Walks a chain event by event. Finds whatever was edited (its hash or its
 * columns do not fit its content), removed (a number is missing), inserted
 * or moved (a number or a previous hash does not follow), or cut off at the
 * end (the head is not reached).
 */
export class ChainVerifier {
  #end: ChainEnd = { seq: "0", hash: GENESIS_HASH };
  #next = 1n;
  #count = 0;
  readonly #known: ReadonlyMap<string, KnownEvent>;
  readonly #last: KnownEvent | undefined;

  /** `known`: events noted down outside the database; the chain must have them. */
  constructor(known: readonly KnownEvent[] = []) {
    this.#known = new Map(known.map((event) => [event.seq, event]));
    this.#last = known.reduce<KnownEvent | undefined>(
      (last, event) =>
        last === undefined || BigInt(event.seq) > BigInt(last.seq)
          ? event
          : last,
      undefined,
    );
  }

  /** How many events held so far. */
  get count(): number {
    return this.#count;
  }

  get end(): ChainEnd {
    return this.#end;
  }

  /** Takes the next event; null when it holds. */
  take(event: ChainEvent): ChainBreak | null {
    const problem = this.#problemOf(event);
    if (problem !== null) return { seq: event.seq, problem };
    this.#end = { seq: event.seq, hash: event.hash };
    this.#next += 1n;
    this.#count += 1;
    return null;
  }

  /** After the last event: whether the end is where it should be. */
  finish(head: ChainEnd | null): ChainBreak | null {
    const { seq, hash } = this.#end;
    const last = this.#last;
    if (last !== undefined && BigInt(last.seq) >= this.#next) {
      return {
        seq: String(this.#next),
        problem: `event ${last.seq} was there once (${last.source}): the end is cut off, or this is another trail`,
      };
    }
    if (head === null) {
      return {
        seq,
        problem: "the line that names the head is missing: the end is cut off",
      };
    }
    if (head.seq !== seq) {
      return {
        seq: String(this.#next),
        problem: `the chain ends at ${seq}, its head says ${head.seq}: the end is cut off or was added to`,
      };
    }
    return head.hash === hash
      ? null
      : { seq, problem: "the head carries another hash than the last event" };
  }

  #problemOf(event: ChainEvent): string | null {
    const expected = String(this.#next);
    if (event.seq !== expected) {
      return isNumber(event.seq) && BigInt(event.seq) > this.#next
        ? `event ${expected} is missing before it`
        : `it stands where event ${expected} should: inserted or moved`;
    }
    if (event.previousHash !== this.#end.hash)
      return "its previous hash is not the hash of the event before: inserted, moved or edited";
    if (event.hash !== hashOf(event))
      return "its hash does not fit its content: edited";
    const known = this.#known.get(event.seq);
    if (known !== undefined && event.hash !== known.hash)
      return `it once had another hash (${known.source}): the chain was written anew`;
    return columnProblem(event);
  }
}

/** The searchable columns are copies of the content; an edit shows there. */
function columnProblem(event: ChainEvent): string | null {
  const content = parseContent(event.content);
  if (content === null)
    return "its content cannot be read as the product writes it";
  const { at, type, actor, siteId, subject, patientId } = content;
  const said = [
    ["at", at, event.at],
    ["type", type, event.type],
    ["actorId", actor.id, event.actorId],
    ["actorName", actor.name, event.actorName],
    ["actorRole", actor.role, event.actorRole],
    ["siteId", siteId, event.siteId],
    ["subjectType", subject.type, event.subjectType],
    ["subjectId", subject.id, event.subjectId],
    ["patientId", patientId, event.patientId],
  ] as const;
  const wrong = said.find(([, inContent, inColumn]) => inContent !== inColumn);
  return wrong === undefined
    ? null
    : `its column ${wrong[0]} does not fit its content: edited`;
}

function parseContent(content: string) {
  const value = parseCanonical(content);
  const parsed = contentSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/**
 * The value of a text that is canonical JSON; undefined for any other text.
 * One with a field twice or in another order reads differently in different
 * programs, so that what is shown need not be what was hashed.
 */
function parseCanonical(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // Native and enough where keys came sorted; the slow way is the proof.
    return JSON.stringify(value) === text || canonicalJson(value) === text
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}

function isNumber(seq: string): boolean {
  return /^\d{1,19}$/.test(seq);
}

const lineSchema = z.strictObject({
  seq: z.string(),
  at: z.string(),
  type: z.string(),
  actorId: z.string(),
  actorName: z.string(),
  actorRole: z.string(),
  siteId: z.string().nullable(),
  subjectType: z.string(),
  subjectId: z.string(),
  patientId: z.string().nullable(),
  content: z.string(),
  previousHash: z.string(),
  hash: z.string(),
});

const headSchema = z.strictObject({
  head: z.strictObject({ seq: z.string(), hash: z.string() }),
});

/**
 * An exported line: an event, or the head as the last one. Null for anything
 * but what `writeLine` wrote: a field more, twice, or in another place.
 */
export function readLine(
  line: string,
): { event: ChainEvent } | { head: ChainEnd } | null {
  const value = parseCanonical(line);
  const event = lineSchema.safeParse(value);
  if (event.success)
    return isInOrder(value as object) ? { event: event.data } : null;
  const head = headSchema.safeParse(value);
  return head.success ? head.data : null;
}

function isInOrder(line: object): boolean {
  const names = Object.keys(line);
  return names.every((name, at) => at === 0 || (names[at - 1] ?? "") < name);
}

export function writeLine(line: ChainEvent | { head: ChainEnd }): string {
  return `${canonicalJson(line)}\n`;
}
