import type {
  Case,
  CriticalResult,
  DatabaseClient,
  KeptTextKind,
  Tx,
} from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, assertUserCan, can } from "../../access/authorize.ts";
import { visibleSiteIds, visibleUsers } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { lockCase } from "../case-rows/case.locks.ts";
import type { CaseService } from "../cases/case.service.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import { newestOfCase } from "../readings/reading.reads.ts";
import type { CriticalResultCommands } from "./critical-result.commands.ts";
import {
  assertOpen,
  checkReadBack,
  checkTold,
  requiredReason,
} from "./critical-result.rules.ts";
import type { CriticalMark, ReadBack, Told } from "./critical-result.rules.ts";
import {
  countOpen,
  findClosed,
  findOpen,
  findRecipient,
  findRecipients,
  lockResult,
  shownResults,
} from "./critical-result.store.ts";
import type { CriticalCounts } from "./critical-result.store.ts";

/** Words that are typed for each step. */
const TELLING = ["CRITICAL_TOLD_TO", "CRITICAL_TOLD"] as const;
const READING_BACK = ["CRITICAL_READ_BACK"] as const;
const WITHDRAWING = ["CRITICAL_WITHDRAWAL"] as const;

const openCursor = z.tuple([z.iso.datetime(), z.uuid()]);
const closedCursor = z.tuple([z.uuid()]);

export type { CriticalCounts } from "./critical-result.store.ts";

export interface CriticalList {
  siteId: string | null;
  isClosed: boolean;
}

export interface CriticalResultServiceDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  cases: CaseService;
  critical: CriticalResultCommands;
}

/** Results that somebody must be told of at once, until it is read back. */
export class CriticalResultService {
  readonly #deps: CriticalResultServiceDeps;

  constructor(deps: CriticalResultServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Marks what was signed of a case as critical.
   *
   * @throws CASE_NOT_SIGNED, CRITICAL_OPEN or BAD_USER_INPUT.
   */
  mark(
    viewer: Viewer,
    caseId: string,
    mark: CriticalMark,
  ): Promise<CriticalResult> {
    assertUserCan(viewer, "critical:mark");
    const { audit, cases, critical } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const row = await cases.lock(tx, viewer, caseId);
      assertUserCan(viewer, "critical:mark", { what: "case", ...row });
      const newest = await newestOfCase(tx, row.id);
      if (row.state !== "SIGNED" || newest === null) {
        throw new ConflictError(
          "CASE_NOT_SIGNED",
          "Only what is signed can be marked as critical.",
        );
      }
      const versionId = newest.id;
      return critical.mark(tx, record, viewer, { row, versionId, mark });
    });
  }

  /**
   * Says whom it was told and how; with what came back at once it is closed.
   * Whoever is told in the page reads it back there. Told again, the last
   * counts; what was before stands in the trail.
   *
   * @throws NOT_FOUND, CRITICAL_CLOSED, NOT_TELLABLE, SECOND_READER_TOLD or
   *   BAD_USER_INPUT.
   */
  tell(viewer: Viewer, id: string, told: Told): Promise<CriticalResult> {
    const checked = checkTold(told);
    return this.#step(viewer, id, TELLING, async (tx, record, before, who) => {
      const toldAt = this.#deps.clock.now();
      const by = {
        toldAt,
        toldById: who.userId,
        toldByName: who.name,
        way: checked.way,
      };
      if (checked.way === "DESK") {
        const { siteId } = before;
        const user = await this.#recipient(tx, siteId, checked.toUserId);
        await assertNotReadingBlind(tx, before.caseId, user);
        return this.#deps.critical.step(tx, record, before, "critical.told", {
          ...by,
          state: "TOLD",
          toldTo: user.name,
          toldUserId: user.id,
        });
      }
      const toldTo = { toldTo: checked.to, toldUserId: null };
      if (checked.readBack === null) {
        return this.#deps.critical.step(tx, record, before, "critical.told", {
          ...by,
          ...toldTo,
          state: "TOLD",
        });
      }
      return this.#close(tx, record, before, who, {
        ...by,
        ...toldTo,
        readBack: checked.readBack,
        readBackBy: checked.to,
      });
    });
  }

  /**
   * Closes it with what was read back: by the user of the desk who was told,
   * and by nobody else; else by whoever heard it from those who were.
   *
   * @throws NOT_FOUND, CRITICAL_CLOSED, NOT_TOLD, READ_BACK_DIFFERS or
   *   BAD_USER_INPUT.
   */
  acknowledge(
    viewer: Viewer,
    id: string,
    said: ReadBack,
  ): Promise<CriticalResult> {
    return this.#step(viewer, id, READING_BACK, (tx, record, before, who) => {
      const { state, way, toldUserId, toldTo } = before;
      const isForAnother = way === "DESK" && toldUserId !== who.userId;
      if (state !== "TOLD" || toldTo === null || isForAnother) {
        throw new ConflictError(
          "NOT_TOLD",
          isForAnother
            ? "Only who was told in the page reads it back there. Say whom you told."
            : "Nobody was told yet. Say first whom you told.",
        );
      }
      return this.#close(tx, record, before, who, {
        readBack: checkReadBack(said, before),
        readBackBy: toldTo,
      });
    });
  }

  /**
   * Takes back a mark that was made by mistake; only by who made it.
   *
   * @throws NOT_FOUND, CRITICAL_CLOSED, NOT_OWN_MARK or BAD_USER_INPUT.
   */
  withdraw(
    viewer: Viewer,
    id: string,
    reason: string,
  ): Promise<CriticalResult> {
    assertUserCan(viewer, "critical:mark");
    const withdrawReason = requiredReason(reason);
    return this.#step(viewer, id, WITHDRAWING, (tx, record, before, who) => {
      assertUserCan(viewer, "critical:mark", { what: "result", ...before });
      if (before.markedById !== who.userId) {
        throw new ConflictError(
          "NOT_OWN_MARK",
          "Only who marked a result as critical takes that back.",
        );
      }
      return this.#deps.critical.step(
        tx,
        record,
        before,
        "critical.withdrawn",
        {
          state: "WITHDRAWN",
          withdrawnAt: this.#deps.clock.now(),
          withdrawnByName: who.name,
          withdrawReason,
        },
      );
    });
  }

  /** Open ones, the longest overdue first; or closed ones, newest first. */
  async list(
    viewer: Viewer,
    { siteId, isClosed }: CriticalList,
    { first, after }: PageRequest,
  ): Promise<Page<CriticalResult>> {
    assertCan(viewer, "case:read");
    if (siteId !== null && !isUuid(siteId)) throw new NotFoundError("site");
    const { client } = this.#deps;
    const size = pageSize(first);
    const scope = {
      AND: [shownResults(viewer), siteId === null ? {} : { siteId }],
    };
    if (isClosed) {
      const cursor = after ? decodeCursor(after, closedCursor) : null;
      const before = cursor?.[0] ?? null;
      const rows = await findClosed(client, scope, before, size + 1);
      return toPage(rows, size, after, ({ id }) => encodeCursor([id]));
    }
    const cursor = after ? decodeCursor(after, openCursor) : null;
    const rows = await findOpen(
      client,
      scope,
      cursor && { dueAt: new Date(cursor[0]), id: cursor[1] },
      size + 1,
    );
    return toPage(rows, size, after, ({ dueAt, id }) =>
      encodeCursor([dueAt.toISOString(), id]),
    );
  }

  /** How many are open at the viewer's sites, and what of it is the viewer's. */
  summary(viewer: Viewer): Promise<CriticalCounts> {
    assertCan(viewer, "case:read");
    return countOpen(
      this.#deps.client,
      visibleSiteIds(viewer),
      this.#deps.clock.now(),
      viewer.kind === "user" ? viewer.userId : null,
    );
  }

  /** Users of the desk who can be told at a site, by name. */
  recipients(viewer: Viewer, siteId: string) {
    assertCan(viewer, "critical:communicate", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    return findRecipients(this.#deps.client, visibleUsers(viewer), siteId);
  }

  /** Whether the viewer may mark the case now. */
  canMark(viewer: Viewer, row: Case, all: readonly CriticalResult[]): boolean {
    return (
      row.state === "SIGNED" &&
      !all.some(isOpen) &&
      can(viewer, "critical:mark", row.siteId)
    );
  }

  /** Whether the viewer may say whom it was told. */
  canTell(viewer: Viewer, result: CriticalResult): boolean {
    return isOpen(result) && can(viewer, "critical:communicate", result.siteId);
  }

  /** Whether the viewer may write down what was read back. */
  canAcknowledge(viewer: Viewer, result: CriticalResult): boolean {
    if (result.state !== "TOLD" || !this.canTell(viewer, result)) return false;
    return result.way !== "DESK" || this.isToldTo(viewer, result);
  }

  /** Whether it waits for the viewer in person. */
  isToldTo(viewer: Viewer, { state, way, toldUserId }: CriticalResult) {
    return (
      state === "TOLD" &&
      way === "DESK" &&
      viewer.kind === "user" &&
      viewer.userId === toldUserId
    );
  }

  /** Whether the viewer may take the mark back. */
  canWithdraw(viewer: Viewer, result: CriticalResult): boolean {
    return (
      isOpen(result) &&
      viewer.kind === "user" &&
      viewer.userId === result.markedById &&
      can(viewer, "critical:mark", result.siteId)
    );
  }

  #close(
    tx: Tx,
    record: RecordEvent,
    before: CriticalResult,
    who: UserViewer,
    said: object,
  ): Promise<CriticalResult> {
    return this.#deps.critical.step(
      tx,
      record,
      before,
      "critical.acknowledged",
      {
        ...said,
        state: "ACKNOWLEDGED",
        acknowledgedAt: this.#deps.clock.now(),
        acknowledgedById: who.userId,
        acknowledgedByName: who.name,
      },
    );
  }

  /**
   * Locks an open result that the viewer may communicate, and goes on; what
   * the viewer had typed for it is sent by that.
   */
  #step(
    viewer: Viewer,
    id: string,
    typed: readonly KeptTextKind[],
    next: (
      tx: Tx,
      record: RecordEvent,
      before: CriticalResult,
      who: UserViewer,
    ) => Promise<CriticalResult>,
  ): Promise<CriticalResult> {
    assertUserCan(viewer, "critical:communicate");
    const what = "critical result";
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const before = isUuid(id)
        ? await lockResult(tx, shownResults(viewer), id)
        : null;
      if (before === null) throw new NotFoundError(what);
      assertUserCan(viewer, "critical:communicate", { what, ...before });
      assertOpen(before);
      await dropKeptText(tx, viewer, typed, before.id);
      return next(tx, record, before, viewer);
    });
  }

  async #recipient(tx: Tx, siteId: string, id: string) {
    const user = isUuid(id) ? await findRecipient(tx, siteId, id) : null;
    if (user !== null) return user;
    throw new ConflictError(
      "NOT_TELLABLE",
      "In the page only active staff and readers of the site can be told.",
    );
  }
}

/**
 * Who reads the case blind at the moment would learn by it what was signed;
 * the case is held, so that nobody begins meanwhile.
 */
async function assertNotReadingBlind(
  tx: Tx,
  caseId: string,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const row = await lockCase(tx, {}, caseId);
  if (row?.secondReaderId !== id) return;
  throw new ConflictError(
    "SECOND_READER_TOLD",
    `${name} reads this case a second time and may not know what was signed. Tell somebody else, or have the second reading handed back first.`,
  );
}

function isOpen({ state }: Pick<CriticalResult, "state">): boolean {
  return state === "OPEN" || state === "TOLD";
}
