import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleCases } from "../../access/scope.ts";
import type { SystemViewer, UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import type { RecentLooks } from "../../audit/recent-looks.ts";
import { NotFoundError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { tellPeople } from "../inbox/tell-people.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import { stageOfSecond } from "../case-machine/second-read.machine.ts";
import { barOf } from "../blindness/second-read.reads.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { askModels } from "../predictions/ask-models.ts";
import { subjectOf } from "../case-rows/case-event.ts";
import type { Applied, CaseCommands } from "./case.commands.ts";
import type { CaseCommand } from "../case-machine/case.transition.ts";
import { findCasesById, imageIdsOfStudy } from "./case.reads.ts";
import { caseActions, isBegun, isReadBy } from "./case.rules.ts";
import type { CaseActions } from "./case.rules.ts";
import {
  lockCase,
  lockExpiredClaims,
  lockFirstFree,
} from "../case-rows/case.locks.ts";
import { clearNotices, findUnsigned } from "./case.store.ts";

/** Leases ended in one transaction by the clean-up. */
const EXPIRY_BATCH = 100;

/** Longest reason for a take-over, in characters. */

export interface CaseServiceDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  recent: RecentLooks;
  commands: CaseCommands;
  policies: SitePolicies;
}

/** Single cases: who reads them, and what the AI is asked. */
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
    const row = (await findCasesById(client, viewer, [id])).get(id);
    if (row === undefined) return null;
    await recent.once(viewer, { case: id }, [row], () =>
      audit.recordLook(viewer, {
        type: "case.opened",
        ...subjectOf(row),
        details: {},
      }),
    );
    return row;
  }

  /**
   * What the viewer may do with the case now. `isBarred`: from reading a
   * signed case further.
   */
  actions(viewer: Viewer, row: Case, isBarred = true): CaseActions {
    return caseActions(row, viewer, this.#deps.clock.now(), isBarred);
  }

  /**
   * Takes the case for reading, for as long as the site's policy says; the
   * reader's own second claim renews the lease. Of a signed case that waits
   * for a second or third reader it takes that reading.
   *
   * @throws CASE_ALREADY_SIGNED, CASE_CLAIMED_BY_ANOTHER or
   *   SECOND_READ_BARRED, or SENIOR_REQUIRED for a junior where a senior reads.
   */
  async claim(viewer: Viewer, id: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    const { after } = await this.#change(viewer, id, "case:claim", (row, tx) =>
      this.claimOf(tx, viewer, row),
    );
    return after;
  }

  /**
   * Claims the first of some cases, in the order given, that is still free,
   * and puts the case back that the reader leaves for it, where nothing was
   * done on that yet. Null where others were quicker everywhere.
   */
  claimFirst(
    viewer: Viewer,
    ids: readonly string[],
    leavingId: string | null,
  ): Promise<Case | null> {
    assertUserCan(viewer, "case:claim");
    const { audit, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const free = await lockFirstFree(tx, ids, viewer.userId);
      if (free === null) return null;
      assertUserCan(viewer, "case:claim", { what: "case", ...free });
      if (leavingId !== null) await this.putBack(tx, record, viewer, leavingId);
      const command = await this.claimOf(tx, viewer, free);
      const { after } = await commands.apply(tx, record, free, command);
      return after;
    });
  }

  /**
   * Takes a case whose lease somebody else still holds, a further reading of a
   * signed one too. The other's draft stays with the other's reading,
   * unless he gives it along.
   *
   * @throws CASE_ALREADY_SIGNED, SECOND_READ_BARRED, SENIOR_REQUIRED, or
   *   BAD_USER_INPUT without a reason.
   */
  async takeOver(viewer: Viewer, id: string, reason: string): Promise<Case> {
    assertUserCan(viewer, "case:take-over");
    const why = requiredReason(reason);
    const { audit, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await this.lock(tx, viewer, id);
      assertUserCan(viewer, "case:take-over", { what: "case", ...before });
      const claim = await this.claimOf(tx, viewer, before);
      const holderId = before.claimedById ?? before.secondReaderId;
      const isOthers = holderId !== null && holderId !== viewer.userId;
      const { after } = await commands.apply(
        tx,
        record,
        before,
        { ...claim, kind: "take-over" },
        isOthers ? { details: { reason: why, from: holderId } } : {},
      );
      if (isOthers)
        await tellPeople(tx, {
          row: after,
          kind: "TAKEN_OVER",
          userIds: [holderId],
          actor: viewer,
          now: claim.now,
        });
      await dropKeptText(tx, viewer, "TAKE_OVER", after.id);
      return after;
    });
  }

  /** Puts the reader's own case back. Throws CASE_NOT_CLAIMED. */
  async release(viewer: Viewer, id: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    const { audit, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await this.lock(tx, viewer, id);
      assertUserCan(viewer, "case:claim", { what: "case", ...before });
      const { after } = await commands.apply(
        tx,
        record,
        before,
        { kind: "release", readerId: viewer.userId },
        { details: { reason: "reader" } },
      );
      return after;
    });
  }

  /** Asks the AI again. Throws ASSESSMENT_PENDING while it still works. */
  async reassess(viewer: Viewer, id: string): Promise<Case> {
    assertCan(viewer, "case:reassess");
    const { after } = await this.#change(
      viewer,
      id,
      "case:reassess",
      async (row, tx) => {
        const films = await imageIdsOfStudy(tx, row.studyId);
        const { requestId } = viewer.origin;
        await askModels(tx, row.siteId, films, "asked-again", requestId);
        return { kind: "ask-again" };
      },
    );
    return after;
  }

  /** Takes the notice away that the viewer had of a case he signed. */
  acknowledge(viewer: Viewer, id: string): Promise<Case> {
    assertUserCan(viewer, "case:claim");
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const row = await this.lock(tx, viewer, id);
      assertUserCan(viewer, "case:claim", { what: "case", ...row });
      if ((await clearNotices(tx, row.id, viewer.userId)) > 0) {
        record({
          type: "reading.notice-acknowledged",
          ...subjectOf(row),
          details: {},
        });
      }
      return row;
    });
  }

  /**
   * Puts cases back whose lease ran out; run by the worker every minute.
   * Returns how many.
   */
  async releaseExpiredClaims(viewer: SystemViewer): Promise<number> {
    const { audit, clock, commands } = this.#deps;
    let released = 0;
    for (;;) {
      const count = await audit.changeAndRecord(viewer, async (tx, record) => {
        const now = clock.now();
        const expired = await lockExpiredClaims(tx, now, EXPIRY_BATCH);
        for (const { id } of expired) {
          const before = await tx.case.findUniqueOrThrow({ where: { id } });
          await commands.apply(
            tx,
            record,
            before,
            { kind: "expire", now },
            { details: { reason: "lease-expired" } },
          );
        }
        return expired.length;
      });
      released += count;
      if (count < EXPIRY_BATCH) return released;
    }
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

  /** The reader's own claim ends where nothing was said or typed under it. */
  async putBack(
    tx: Tx,
    record: RecordEvent,
    viewer: UserViewer,
    id: string,
  ): Promise<void> {
    const row = await lockCase(tx, visibleCases(viewer), id);
    if (row === null || !isReadBy(row, viewer)) return;
    const stage = stageOfSecond(row) ?? "PRIMARY";
    const reading = await findUnsigned(tx, row.id, viewer.userId, stage);
    if (reading !== null && isBegun(reading)) return;
    await this.#deps.commands.apply(
      tx,
      record,
      row,
      { kind: "release", readerId: viewer.userId },
      { details: { reason: "reader" } },
    );
  }

  /** The viewer's claim of a locked case, with what may keep him from it. */
  async claimOf(
    tx: Tx,
    viewer: UserViewer,
    row: Case,
  ): Promise<Extract<CaseCommand, { kind: "claim" }>> {
    const lease = await this.#lease(tx, viewer, row.siteId);
    if (row.state !== "SIGNED") return { kind: "claim", ...lease };
    const { document } = await this.#deps.policies.inForce(tx, row.siteId);
    const { blindToAi } = document.secondReads;
    const bar = await barOf(tx, row, viewer.userId, blindToAi);
    return { kind: "claim", ...lease, bar };
  }

  async #lease(tx: Tx, { userId }: UserViewer, siteId: string) {
    const now = this.#deps.clock.now();
    const { document } = await this.#deps.policies.inForce(tx, siteId);
    const until = addSeconds(now, document.reading.leaseMinutes * 60);
    return { readerId: userId, now, until };
  }

  /** Locks, asserts on the row and applies the command, in one transaction. */
  #change(
    viewer: Viewer,
    id: string,
    permission: Parameters<typeof assertCan>[1],
    commandOf: (row: Case, tx: Tx) => CaseCommand | Promise<CaseCommand>,
  ): Promise<Applied> {
    const { audit, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record: RecordEvent) => {
      const before = await this.lock(tx, viewer, id);
      assertCan(viewer, permission, { what: "case", ...before });
      const command = await commandOf(before, tx);
      return commands.apply(tx, record, before, command);
    });
  }
}
