import type { DatabaseClient } from "@lung-iris/prisma";
import { unsafeFindOwner } from "../../access/unsafe.ts";
import type { ThingsOwner } from "../../access/unsafe.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import type { AuditEventInput } from "../audit-event.ts";
import type { AuditLog } from "../audit-log.ts";
import type { Refusal } from "./refusal.ts";
import { RefusalTallies } from "./refusal-tallies.ts";

const EVERY_MS = 60_000;

export interface RefusedAccessDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  onError: (error: unknown) => void;
}

/**
 * Refused access, written into the trail. The first few of a session, or of
 * an address without one, are events of their own before the answer leaves;
 * the rest of the minute is counted and becomes one event: whoever tries
 * every door must stand in the trail, and must not be able to fill it.
 */
export class RefusedAccess {
  readonly #deps: RefusedAccessDeps;
  readonly #timer: NodeJS.Timeout;
  readonly #tallies: RefusalTallies;

  constructor(deps: RefusedAccessDeps) {
    this.#deps = deps;
    this.#tallies = new RefusalTallies(deps.clock);
    this.#timer = setInterval(() => void this.flush(), EVERY_MS);
    this.#timer.unref();
  }

  /** Never throws: a refusal is answered also where it cannot be recorded. */
  async note(viewer: Viewer, refusals: readonly Refusal[]): Promise<void> {
    for (const refusal of refusals) {
      if (!this.#tallies.takesOne(viewer)) {
        this.#tallies.count(viewer, refusal);
        continue;
      }
      try {
        const owner = await this.#ownerOf(refusal);
        await this.#deps.audit.recordRefusals(
          viewer,
          eventsOf(viewer, refusal, owner),
        );
      } catch (error) {
        this.#deps.onError(error);
        this.#tallies.count(viewer, refusal);
      }
    }
  }

  /** Writes down what was counted; what cannot be is counted on. */
  async flush(): Promise<void> {
    for (const tally of this.#tallies.take()) {
      try {
        await this.#deps.audit.recordRefusals(tally.viewer, [
          {
            type: "access.refusals-counted",
            siteId: homeOf(tally.viewer),
            patientId: null,
            subject: { type: "access", id: tally.key },
            details: {
              count: tally.count,
              since: tally.since.toISOString(),
              reasons: Object.fromEntries(tally.reasons),
              operations: [...tally.operations].sort(),
            },
          },
        ]);
      } catch (error) {
        this.#deps.onError(error);
        this.#tallies.putBack(tally);
      }
    }
  }

  /** Writes down the rest; no more is counted. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #ownerOf({ asked, siteId }: Refusal): Promise<ThingsOwner | null> {
    const ids = Object.values(asked).filter(isUuid);
    const owner =
      ids.length === 0 ? null : await unsafeFindOwner(this.#deps.client, ids);
    return owner ?? (siteId === null ? null : { siteId, patientId: null });
  }
}

/**
 * One for the site that the thing belongs to and, where that is another, one
 * for the viewer's own. Ids stand in the former only: what is another
 * hospital's, or nobody's, looks the same to the viewer's own auditors.
 */
function eventsOf(
  viewer: Viewer,
  refusal: Refusal,
  owner: ThingsOwner | null,
): AuditEventInput[] {
  const { operation, reason, what, permission, asked } = refusal;
  const details = { operation, reason, what, permission, asked: {} };
  const home = {
    type: "access.refused" as const,
    siteId: homeOf(viewer),
    patientId: null,
    subject: { type: "access" as const, id: operation },
    details,
  };
  if (owner === null) return [home];
  const isForeign =
    viewer.kind === "user" && !viewer.siteIds.includes(owner.siteId);
  const [first] = Object.values(asked);
  const theirs = {
    ...home,
    ...owner,
    subject: { ...home.subject, id: first ?? operation },
    details: {
      ...details,
      reason:
        isForeign && reason === "not-there"
          ? ("another-site" as const)
          : reason,
      asked: { ...asked },
    },
  };
  return isForeign ? [theirs, home] : [theirs];
}

/** Where the viewer belongs; null where that is no one site. */
function homeOf(viewer: Viewer): string | null {
  const [only, ...others] = viewer.kind === "user" ? viewer.siteIds : [];
  return others.length === 0 ? (only ?? null) : null;
}
