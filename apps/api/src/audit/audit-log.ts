import { Prisma, runStatement, withTransaction } from "@lung-iris/prisma";
import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import type { Viewer } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import { actorOf } from "./audit-actor.ts";
import { auditEvent } from "./audit-event.ts";
import type { AuditEventInput } from "./audit-event.ts";
import { canonicalJson } from "./canonical-json.ts";
import { LookBatch } from "./look-batch.ts";

/** Adds an event to those that the transaction commits. */
export type RecordEvent = (event: AuditEventInput) => void;

/**
 * The only writer of the audit trail. A change and its events commit
 * together or not at all: recording throws, and then nothing happened.
 */
export class AuditLog {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;
  /** Looks of all requests: one statement is a transaction of its own. */
  readonly #looks: LookBatch<Row>;
  /** Patients in the events of a viewer, who is made anew for each request. */
  readonly #patients = new WeakMap<Viewer, Set<string>>();

  constructor(client: DatabaseClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
    this.#looks = new LookBatch((rows) =>
      rows.length === 0
        ? Promise.resolve()
        : runStatement(client, appendingOf(rows)),
    );
  }

  /**
   * Runs `change` in a transaction (READ COMMITTED, run again from the start
   * on a deadlock) and writes what it recorded last, because the first
   * append locks the end of the chain until commit. `change` must therefore
   * have no effect outside the transaction.
   */
  async changeAndRecord<T>(
    viewer: Viewer,
    change: (tx: Tx, record: RecordEvent) => Promise<T>,
  ): Promise<T> {
    const recorded = { events: [] as AuditEventInput[] };
    const changed = await withTransaction(this.#client, async (tx) => {
      const events: AuditEventInput[] = [];
      const result = await change(tx, (event) => events.push(event));
      if (events.length > 0)
        await tx.$executeRaw(
          appendingOf(rowsOf(viewer, events, this.#clock.now())),
        );
      recorded.events = events;
      return result;
    });
    this.#note(viewer, recorded.events);
    return changed;
  }

  /** Patients that the events of this request, committed so far, are about. */
  patientsIn(viewer: Viewer): ReadonlySet<string> {
    return this.#patients.get(viewer) ?? new Set();
  }

  /** Records looks: reads, searches and the like, which change nothing. */
  async recordLook(
    viewer: Viewer,
    ...events: readonly AuditEventInput[]
  ): Promise<void> {
    if (events.length === 0) return;
    await this.#looks.append(rowsOf(viewer, events, this.#clock.now()));
    this.#note(viewer, events);
  }

  /**
   * The same for what was not shown: a patient in a refusal is no patient
   * whom the viewer saw.
   */
  async recordRefusals(
    viewer: Viewer,
    events: readonly AuditEventInput[],
  ): Promise<void> {
    await this.#looks.append(rowsOf(viewer, events, this.#clock.now()));
  }

  #note(viewer: Viewer, events: readonly AuditEventInput[]): void {
    const patients = this.#patients.get(viewer) ?? new Set();
    for (const { patientId } of events)
      if (patientId !== null) patients.add(patientId);
    this.#patients.set(viewer, patients);
  }
}

/**
 * Writes events; the trigger numbers and chains them in this order. One text
 * however many there are, so that PostgreSQL keeps its plan: a column is a
 * list, in which nothing stands as an empty text.
 */
function appendingOf(rows: readonly Row[]): Prisma.Sql {
  const column = (name: keyof Row): string[] => rows.map((row) => row[name]);
  return Prisma.sql`
    INSERT INTO "AuditEvent" ("seq", "at", "type", "actorId", "actorName",
      "actorRole", "siteId", "subjectType", "subjectId", "patientId",
      "content", "previousHash", "hash")
    SELECT 0, v."at", v."type", v."actorId", v."actorName", v."actorRole",
      nullif(v."siteId", '')::uuid, v."subjectType", v."subjectId",
      nullif(v."patientId", '')::uuid, v."content", '', ''
    FROM unnest(${column("at")}::timestamptz[], ${column("type")}::text[],
      ${column("actorId")}::text[], ${column("actorName")}::text[],
      ${column("actorRole")}::text[], ${column("siteId")}::text[],
      ${column("subjectType")}::text[], ${column("subjectId")}::text[],
      ${column("patientId")}::text[], ${column("content")}::text[])
      WITH ORDINALITY AS v ("at", "type", "actorId", "actorName", "actorRole",
        "siteId", "subjectType", "subjectId", "patientId", "content",
        "position")
    ORDER BY v."position"`;
}

/** The columns of an event, checked against the shape of its type. */
interface Row {
  at: string;
  type: string;
  actorId: string;
  actorName: string;
  actorRole: string;
  siteId: string;
  subjectType: string;
  subjectId: string;
  patientId: string;
  content: string;
}

function rowsOf(
  viewer: Viewer,
  events: readonly AuditEventInput[],
  at: Date,
): Row[] {
  return events.map((event) => rowOf(viewer, event, at));
}

function rowOf(viewer: Viewer, input: AuditEventInput, at: Date): Row {
  const event = parseEvent(input);
  const actor = actorOf(viewer);
  const content = canonicalJson({
    at,
    actor,
    origin: viewer.origin,
    ...event,
  });
  return {
    at: at.toISOString(),
    type: event.type,
    actorId: actor.id,
    actorName: actor.name,
    actorRole: actor.role,
    siteId: event.siteId ?? "",
    subjectType: event.subject.type,
    subjectId: event.subject.id,
    patientId: event.patientId ?? "",
    content,
  };
}

/** Names the type and the place: a shape that is wrong is a mistake of ours. */
function parseEvent(input: AuditEventInput) {
  const parsed = auditEvent.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  throw new Error(
    `the event ${input.type} does not fit its shape at "${path}": ${issue?.message ?? ""}`,
    { cause: parsed.error },
  );
}
