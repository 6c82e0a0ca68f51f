import { Prisma, withTransaction } from "@lung-iris/prisma";
import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import type { Viewer } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import { actorOf } from "./audit-actor.ts";
import { auditEvent } from "./audit-event.ts";
import type { AuditEventInput } from "./audit-event.ts";
import { canonicalJson } from "./canonical-json.ts";

/** Adds an event to those that the transaction commits. */
export type RecordEvent = (event: AuditEventInput) => void;

/**
 * The only writer of the audit trail. A change and its events commit
 * together or not at all: recording throws, and then nothing happened.
 */
export class AuditLog {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;
  /** Patients in the events of a viewer, who is made anew for each request. */
  readonly #patients = new WeakMap<Viewer, Set<string>>();

  constructor(client: DatabaseClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
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
      await appendEvents(tx, viewer, events, this.#clock.now());
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
    const now = this.#clock.now();
    // One statement is a transaction of its own.
    await appendEvents(this.#client, viewer, events, now);
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
    await appendEvents(this.#client, viewer, events, this.#clock.now());
  }

  #note(viewer: Viewer, events: readonly AuditEventInput[]): void {
    const patients = this.#patients.get(viewer) ?? new Set();
    for (const { patientId } of events)
      if (patientId !== null) patients.add(patientId);
    this.#patients.set(viewer, patients);
  }
}

/** Writes events; the trigger numbers and chains them in this order. */
async function appendEvents(
  client: DatabaseClient | Tx,
  viewer: Viewer,
  events: readonly AuditEventInput[],
  at: Date,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event, position) =>
    auditRow(viewer, event, at, position),
  );
  await client.$executeRaw`
    INSERT INTO "AuditEvent" ("seq", "at", "type", "actorId", "actorName",
      "actorRole", "siteId", "subjectType", "subjectId", "patientId",
      "content", "previousHash", "hash")
    SELECT 0, v."at", v."type", v."actorId", v."actorName", v."actorRole",
      v."siteId", v."subjectType", v."subjectId", v."patientId", v."content",
      '', ''
    FROM (VALUES ${Prisma.join(rows)}) AS v ("position", "at", "type",
      "actorId", "actorName", "actorRole", "siteId", "subjectType",
      "subjectId", "patientId", "content")
    ORDER BY v."position"`;
}

function auditRow(
  viewer: Viewer,
  input: AuditEventInput,
  at: Date,
  position: number,
) {
  const event = parseEvent(input);
  const actor = actorOf(viewer);
  const content = canonicalJson({
    at,
    actor,
    origin: viewer.origin,
    ...event,
  });
  return Prisma.sql`(${position}::int, ${at}::timestamptz, ${event.type}::text,
    ${actor.id}::text, ${actor.name}::text, ${actor.role}::text,
    ${event.siteId}::uuid, ${event.subject.type}::text,
    ${event.subject.id}::text, ${event.patientId}::uuid, ${content}::text)`;
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
