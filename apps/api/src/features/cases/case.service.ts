import type { Case, DatabaseClient, Label, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { READER_ROLES } from "../../access/roles.ts";
import { visibleCases, visibleUsers } from "../../access/scope.ts";
import type { SystemViewer, Viewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { LEASE_SECONDS } from "../../config.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { enqueue } from "../../platform/job-queue.ts";
import { notify } from "../../platform/notifications.ts";
import type { CaseChangeKind } from "../../platform/notifications.ts";
import {
  assertFree,
  assertOpen,
  assertReadBy,
  caseActions,
  isReadBy,
} from "./case.rules.ts";
import type { CaseActions } from "./case.rules.ts";
import {
  findCase,
  findReader,
  findReveal,
  imageIdsOfStudy,
  lockCase,
  lockExpiredClaims,
  updateCase,
} from "./case.store.ts";
import type { CaseChange } from "./case.store.ts";
import type { RecentLooks } from "../../audit/recent-looks.ts";

/** What of a case stands in before and after. */
export const AUDITED_COLUMNS = [
  "state",
  "assessment",
  "assigneeId",
  "claimedById",
  "claimExpiresAt",
  "decidedLabel",
  "agreesWithAi",
  "signedAt",
  "version",
] as const;

/** Leases ended in one transaction by the clean-up. */
const EXPIRY_BATCH = 100;

export interface CaseServiceDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  recent: RecentLooks;
}

type EventName =
  | "case.claimed"
  | "case.lease-renewed"
  | "case.assigned"
  | "case.reassess-requested";

/** Single cases: who reads them, who should, and what the AI is asked. */
export class CaseService {
  readonly #deps: CaseServiceDeps;

  constructor(deps: CaseServiceDeps) {
    this.#deps = deps;
  }

  /** The case, or null where there is none to see. The look is audited. */
  async open(viewer: Viewer, id: string): Promise<Case | null> {
    assertCan(viewer, "case:read");
    if (!isUuid(id)) return null;
    const { client, audit, recent } = this.#deps;
    const row = await findCase(client, visibleCases(viewer), id);
    if (row === null) return null;
    if (!recent.isRepeat(viewer, { case: id }, [row])) {
      await audit.recordLook(viewer, {
        type: "case.opened",
        ...subjectOf(row),
        details: {},
      });
    }
    return row;
  }

  /** What the viewer may do with the case now. */
  actions(viewer: Viewer, row: Case): CaseActions {
    return caseActions(row, viewer, this.#deps.clock.now());
  }

  /**
   * Takes the case for reading, for a quarter of an hour; the reader's own
   * second claim renews the lease.
   *
   * @throws CASE_ALREADY_SIGNED or CASE_CLAIMED_BY_ANOTHER.
   */
  claim(viewer: Viewer, id: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    const now = this.#deps.clock.now();
    return this.#change(viewer, id, (row) => {
      assertUserCan(viewer, "case:claim", { what: "case", ...row });
      assertOpen(row);
      assertFree(row, viewer, now);
      return Promise.resolve({
        event: isReadBy(row, viewer) ? "case.lease-renewed" : "case.claimed",
        kind: "CLAIMED",
        data: {
          state: "READING",
          claimedById: viewer.userId,
          claimExpiresAt: addSeconds(now, LEASE_SECONDS),
        },
      });
    });
  }

  /** Puts the reader's own case back. Throws CASE_NOT_CLAIMED. */
  async release(viewer: Viewer, id: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    const { audit } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await this.lock(tx, viewer, id);
      assertUserCan(viewer, "case:claim", { what: "case", ...before });
      assertReadBy(before, viewer);
      const after = await updateCase(tx, before.id, RELEASED);
      record(releaseEvent(before, after, "reader"));
      await tell(tx, after, "RELEASED");
      return after;
    });
  }

  /**
   * Hands the case to a reader of its site, or to nobody.
   *
   * @throws NOT_ASSIGNABLE or CASE_ALREADY_SIGNED.
   */
  assign(viewer: Viewer, id: string, userId: string | null): Promise<Case> {
    assertCan(viewer, "case:assign");
    return this.#change(viewer, id, async (row, tx) => {
      assertCan(viewer, "case:assign", { what: "case", ...row });
      assertOpen(row);
      if (userId !== null) await assertReader(tx, userId, row.siteId);
      return {
        event: "case.assigned",
        kind: "ASSIGNED",
        data: { assigneeId: userId },
      };
    });
  }

  /** Asks the AI again. Throws ASSESSMENT_PENDING while it still works. */
  reassess(viewer: Viewer, id: string): Promise<Case> {
    assertCan(viewer, "case:reassess");
    return this.#change(viewer, id, async (row, tx) => {
      assertCan(viewer, "case:reassess", { what: "case", ...row });
      assertOpen(row);
      if (row.assessment === "PENDING") {
        throw new ConflictError(
          "ASSESSMENT_PENDING",
          "The AI is still working on this case.",
        );
      }
      for (const imageId of await imageIdsOfStudy(tx, row.studyId)) {
        const payload = { imageId, cause: "asked-again" as const };
        await enqueue(tx, "assess-image", imageId, payload);
      }
      return {
        event: "case.reassess-requested",
        kind: "CHANGED",
        data: { assessment: "PENDING", notAssessedReason: null },
      };
    });
  }

  /**
   * Notes that the reader was shown the AI's opinion, and the opinion that
   * the reader had before. The first time counts; the lease is renewed.
   */
  async reveal(
    viewer: Viewer,
    id: string,
    blindLabel: Label | null,
  ): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    const { audit, clock } = this.#deps;
    const now = clock.now();
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const row = await this.lock(tx, viewer, id);
      assertUserCan(viewer, "case:claim", { what: "case", ...row });
      assertOpen(row);
      assertReadBy(row, viewer);
      const known = await findReveal(tx, row.id, viewer.userId);
      if (known === null) {
        await tx.caseReveal.create({
          data: {
            caseId: row.id,
            readerId: viewer.userId,
            revealedAt: now,
            blindLabel,
          },
        });
      }
      record({
        type: "case.prediction-revealed",
        ...subjectOf(row),
        details: {
          isFirstTime: known === null,
          blindLabel: known === null ? blindLabel : known.blindLabel,
        },
      });
      // Not a new version: what a signature relies on is unchanged.
      return tx.case.update({
        where: { id: row.id },
        data: { claimExpiresAt: addSeconds(now, LEASE_SECONDS) },
      });
    });
  }

  /**
   * Puts cases back whose lease ran out; run by the worker every minute.
   * Returns how many.
   */
  async releaseExpiredClaims(viewer: SystemViewer): Promise<number> {
    const { audit, clock } = this.#deps;
    let released = 0;
    for (;;) {
      const count = await audit.changeAndRecord(viewer, async (tx, record) => {
        const expired = await lockExpiredClaims(tx, clock.now(), EXPIRY_BATCH);
        for (const { id } of expired) {
          const before = await tx.case.findUniqueOrThrow({ where: { id } });
          const after = await updateCase(tx, id, RELEASED);
          record(releaseEvent(before, after, "lease-expired"));
          await tell(tx, after, "RELEASED");
        }
        return expired.length;
      });
      released += count;
      if (count < EXPIRY_BATCH) return released;
    }
  }

  /** Readers who may be given cases of the site, by name. */
  assignableUsers(viewer: Viewer, siteId: string) {
    assertCan(viewer, "case:assign", { what: "site", siteId });
    return this.#deps.client.user.findMany({
      where: {
        AND: [
          visibleUsers(viewer),
          {
            isActive: true,
            role: { in: [...READER_ROLES] },
            sites: { some: { siteId } },
          },
        ],
      },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    });
  }

  /** When the reader was shown the AI's opinion; null when not yet. */
  revealOf(tx: Tx, caseId: string, readerId: string) {
    return findReveal(tx, caseId, readerId);
  }

  /** Ends the reading with a signed decision. The caller holds the lock. */
  async writeDecision(
    tx: Tx,
    id: string,
    decision: {
      decidedLabel: Label;
      agreesWithAi: boolean | null;
      signedAt: Date;
    },
  ): Promise<Case> {
    const after = await updateCase(tx, id, {
      ...decision,
      state: "SIGNED",
      claimedById: null,
      claimExpiresAt: null,
    });
    await tell(tx, after, "SIGNED");
    return after;
  }

  /** Locks, decides, writes, records and tells, in one transaction. */
  #change(
    viewer: Viewer,
    id: string,
    decide: (
      row: Case,
      tx: Tx,
    ) => Promise<{ event: EventName; kind: CaseChangeKind; data: CaseChange }>,
  ): Promise<Case> {
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await this.lock(tx, viewer, id);
      const { event, kind, data } = await decide(before, tx);
      const after = await updateCase(tx, before.id, data);
      record({
        type: event,
        ...subjectOf(before),
        ...changesOf(before, after, AUDITED_COLUMNS),
        details: {},
      });
      await tell(tx, after, kind);
      return after;
    });
  }

  /**
   * Reads the case and holds it until the transaction ends.
   *
   * @throws NOT_FOUND where there is none that the viewer may see.
   */
  async lock(tx: Tx, viewer: Viewer, id: string): Promise<Case> {
    const row = isUuid(id)
      ? await lockCase(tx, visibleCases(viewer), id)
      : null;
    if (row === null) throw new NotFoundError("case");
    return row;
  }
}

const RELEASED = {
  state: "WAITING",
  claimedById: null,
  claimExpiresAt: null,
} satisfies CaseChange;

/** The envelope of an event about a case. */
function subjectOf(row: Case) {
  return {
    siteId: row.siteId,
    patientId: row.patientId,
    subject: { type: "case" as const, id: row.id },
  };
}

/** Tells every open worklist of the site, once the transaction commits. */
function tell(tx: Tx, row: Case, kind: CaseChangeKind): Promise<void> {
  return notify(tx, {
    topic: "case",
    kind,
    caseId: row.id,
    siteId: row.siteId,
  });
}

function releaseEvent(
  before: Case,
  after: Case,
  reason: "reader" | "lease-expired",
): AuditEventInput {
  return {
    type: "case.released",
    ...subjectOf(before),
    ...changesOf(before, after, AUDITED_COLUMNS),
    details: { reason },
  };
}

async function assertReader(
  tx: Tx,
  userId: string,
  siteId: string,
): Promise<void> {
  const reader = isUuid(userId)
    ? await findReader(tx, userId, siteId, {
        isActive: true,
        role: { in: [...READER_ROLES] },
      })
    : null;
  if (reader === null) {
    throw new ConflictError(
      "NOT_ASSIGNABLE",
      "Cases can be assigned to active radiologists of their site only.",
    );
  }
}
