import type { DatabaseClient } from "@lung-iris/prisma";
import type { UserViewer } from "../access/viewer.ts";
import type { ApiContext } from "../context.ts";
import type { Clock } from "../platform/clock.ts";
import type { AuditEventInput } from "./audit-event.ts";
import type { AuditLog } from "./audit-log.ts";
import type { FindOwners, LookPart } from "./seen.ts";
import { ShownLately } from "./shown-lately.ts";

/**
 * Lists whose rows are in an event of their own, with every case or event on
 * the page; what goes deeper than the row is recorded here as well.
 */
const OWN_EVENT: Readonly<Record<string, LookPart>> = {
  worklist: "record",
  worklistChanged: "record",
  auditEvents: "history",
};

/** Which fields of the root an operation asks for. */
export interface AskedFor {
  /** "query", "mutation" or "subscription". */
  kind: string;
  fields: readonly string[];
}

/**
 * The rule that every path which answers with a patient's data leaves a look:
 * after an operation, each patient in the answer who is in none of the events
 * that the operation recorded by itself gets one.
 */
export class PatientLooks {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #lately: ShownLately;

  constructor(client: DatabaseClient, audit: AuditLog, clock: Clock) {
    this.#client = client;
    this.#audit = audit;
    this.#lately = new ShownLately(clock);
  }

  /** To be awaited before the answer leaves; when it throws, nothing may. */
  async record(context: ApiContext, asked: AskedFor): Promise<void> {
    const { viewer, seen } = context;
    const patients = await seen.takePatients(this.#findOwners);
    const lists = seen.takeLists();
    if (viewer.kind !== "user") return;
    const operation = `${asked.kind} ${asked.fields.join(", ")}`;
    const shown = shownPatients(patients, listedPart(asked));
    const looks = shown.map(({ id, parts }) => [operation, id, ...parts]);
    const looked = [...lists].map(([, ids]) => [operation, ...ids]);
    const isNew = (look: string[]) =>
      !this.#lately.knows(viewer.sessionId, look.join(" "));
    const recorded = this.#audit.patientsIn(viewer);
    const unrecorded = shown.filter(
      ({ id }, at) => !recorded.has(id) && isNew(looks[at] ?? []),
    );
    const unlisted = [...lists].filter((_list, at) => isNew(looked[at] ?? []));
    await this.#audit.recordLook(
      viewer,
      ...(await this.#ofPatients(operation, unrecorded)),
      ...unlisted.flatMap((list) => ofList(viewer, operation, list)),
    );
    // Those that the operation recorded by itself as well: it may leave the
    // next one like it out.
    for (const look of [...looks, ...looked])
      this.#lately.remember(viewer.sessionId, look.join(" "));
  }

  async #ofPatients(
    operation: string,
    shown: readonly ShownPatient[],
  ): Promise<AuditEventInput[]> {
    if (shown.length === 0) return [];
    const sites = await this.#sitesOf(shown.map(({ id }) => id));
    return shown.map(({ id, parts }) => ({
      type: "patient.viewed",
      siteId: sites.get(id) ?? null,
      patientId: id,
      subject: { type: "patient", id },
      details: { operation, parts },
    }));
  }

  async #sitesOf(ids: string[]): Promise<Map<string, string>> {
    const rows = await this.#client.patient.findMany({
      where: { id: { in: ids } },
      select: { id: true, siteId: true },
    });
    return new Map(rows.map(({ id, siteId }) => [id, siteId]));
  }

  /** Needed only where neither case nor study was in the answer itself. */
  readonly #findOwners: FindOwners = async (kind, ids) => {
    const where = { id: { in: ids } };
    switch (kind) {
      case "case":
        return this.#client.case.findMany({
          where,
          select: { id: true, patientId: true },
        });
      case "study":
        return this.#client.study.findMany({
          where,
          select: { id: true, patientId: true },
        });
      case "image": {
        const images = await this.#client.image.findMany({
          where,
          select: { id: true, study: { select: { patientId: true } } },
        });
        return images.map(({ id, study }) => ({
          id,
          patientId: study.patientId,
        }));
      }
    }
  };
}

interface ShownPatient {
  id: string;
  parts: LookPart[];
}

function shownPatients(
  patients: ReadonlyMap<string, ReadonlySet<LookPart>>,
  listed: LookPart | null,
): ShownPatient[] {
  return [...patients].flatMap(([id, all]) => {
    const parts = [...all].filter((part) => part !== listed).sort();
    return parts.length === 0 ? [] : [{ id, parts }];
  });
}

/** A list of one moment is the same for every site whose admins may see it. */
function ofList(
  viewer: UserViewer,
  operation: string,
  [name, ids]: readonly ["users" | "datasets", ReadonlySet<string>],
): AuditEventInput[] {
  const details = { operation, ids: [...ids] };
  return viewer.siteIds.map((siteId): AuditEventInput => {
    const common = { siteId, patientId: null, details };
    return name === "users"
      ? { ...common, type: "users.viewed", subject: { type: name, id: siteId } }
      : {
          ...common,
          type: "datasets.viewed",
          subject: { type: name, id: siteId },
        };
  });
}

/** The part that a list's own event covers; only where nothing else is asked. */
function listedPart({ fields }: AskedFor): LookPart | null {
  const [first] = fields;
  if (first === undefined || fields.some((field) => field !== first))
    return null;
  return OWN_EVENT[first] ?? null;
}
