import type { Case, DatabaseClient } from "@lung-iris/prisma";
import { assertUserCan } from "../../../access/authorize.ts";
import type { UserViewer, Viewer } from "../../../access/viewer.ts";
import type { AuditLog } from "../../../audit/audit-log.ts";
import type { RecentLooks } from "../../../audit/recent-looks.ts";
import { BadInputError } from "../../../errors.ts";
import type { Clock } from "../../../platform/clock.ts";
import { isUuid } from "../../../platform/ids.ts";
import { findCasesById } from "../../cases/case.reads.ts";
import type { CaseService } from "../../cases/case.service.ts";
import { poolIdsOf } from "../../pools/pool.reads.ts";
import type { SecondReadService } from "../../second-reads/second-read.service.ts";
import type { SitePolicies } from "../../policies/site-policies.ts";
import { bucketsOf } from "../../worklist-query/worklist.buckets.ts";
import { MergedWalk } from "./merged-walk.ts";
import { EMPTY_QUERY } from "../../worklist-query/worklist.query.ts";
import type { WorklistQuery } from "../../worklist-query/worklist.query.ts";
import { listedSites, overdueArrivals } from "../worklist.sites.ts";

/** Cases tried at a time: seldom do more readers ask at the same moment. */
const CANDIDATES = 16;

/** Most cases that a reader can pass over before starting again. */
export const MAX_PASSED = 200;

export interface NextCaseRequest {
  /** One site; every site of the reader where absent. */
  siteId?: string | null;
  /** Cases that the reader has passed over and is not offered now. */
  passed: readonly string[];
  /** Signed cases that wait for a second or third reader, instead. */
  secondReads?: boolean | null;
}

export interface NextCaseDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  recent: RecentLooks;
  policies: SitePolicies;
  cases: CaseService;
  secondReads: SecondReadService;
}

/**
 * What a reader reads next, in the worklist's order by urgency: within a
 * class what was given to him goes first, then what waits for his pools, then
 * what is free. What was given to others is theirs until it falls back.
 */
export class NextCaseService {
  readonly #deps: NextCaseDeps;

  constructor(deps: NextCaseDeps) {
    this.#deps = deps;
  }

  /** The next case as it waits, or null. The look is audited. */
  async peek(viewer: Viewer, request: NextCaseRequest): Promise<Case | null> {
    assertUserCan(viewer, "case:claim");
    for await (const ids of this.#candidates(viewer, request)) {
      const found = await findCasesById(this.#deps.client, viewer, ids);
      const row = ids
        .map((id) => found.get(id))
        .find(
          (candidate) =>
            candidate?.state === "WAITING" ||
            candidate?.secondRead === "SECOND_DUE" ||
            candidate?.secondRead === "ADJUDICATION_DUE",
        );
      if (row === undefined) continue;
      await this.#recordLook(viewer, row);
      return row;
    }
    return null;
  }

  /**
   * Claims the next case in the same step as it is found, or null where none
   * waits. `leavingId`: a case that the reader holds and leaves for it; it is
   * put back where nothing was done on it.
   */
  async claim(
    viewer: Viewer,
    request: NextCaseRequest,
    leavingId: string | null,
  ): Promise<Case | null> {
    assertUserCan(viewer, "case:claim");
    if (leavingId !== null) assertIds([leavingId], "leaving");
    for await (const ids of this.#candidates(viewer, request)) {
      const { cases, secondReads } = this.#deps;
      const row = await (request.secondReads === true
        ? secondReads.claimFirst(viewer, ids, leavingId)
        : cases.claimFirst(viewer, ids, leavingId));
      if (row !== null) return row;
    }
    return null;
  }

  /** Ids in the order by urgency, some at a time, without those passed over. */
  async *#candidates(
    viewer: UserViewer,
    { siteId, passed, secondReads }: NextCaseRequest,
  ): AsyncGenerator<string[]> {
    if (passed.length > MAX_PASSED) {
      throw new BadInputError(
        `At most ${String(MAX_PASSED)} cases can be passed over.`,
        ["passed"],
      );
    }
    assertIds(passed, "passed");
    const { client, clock, policies } = this.#deps;
    const siteIds = await listedSites(client, viewer, siteId);
    const asOf = clock.now();
    const waiting: WorklistQuery = {
      ...EMPTY_QUERY,
      siteIds,
      sort: "URGENCY",
      asOf,
      overdue: await overdueArrivals(policies, siteIds, asOf),
    };
    const lists =
      secondReads === true
        ? [furtherOf(waiting, viewer)]
        : firstReadsOf(
            waiting,
            viewer,
            await poolIdsOf(client, viewer.userId, siteIds),
          );
    const walk = new MergedWalk(client, lists, CANDIDATES);
    const without = new Set(passed);
    for (;;) {
      const hits = await walk.next();
      const ids = hits.filter((id) => !without.has(id));
      if (ids.length > 0) yield ids;
      if (hits.length < CANDIDATES) return;
    }
  }

  async #recordLook(viewer: UserViewer, row: Case): Promise<void> {
    const { audit, recent } = this.#deps;
    await recent.once(viewer, { next: true }, [row], () =>
      audit.recordLook(viewer, {
        type: "worklist.viewed",
        siteId: row.siteId,
        patientId: null,
        subject: { type: "worklist", id: row.siteId },
        details: {
          filter: { states: ["WAITING"] },
          sort: "URGENCY",
          first: 1,
          isFirstPage: true,
          caseIds: [row.id],
          patientIds: [row.patientId],
        },
      }),
    );
  }
}

/** Signed cases that the reader may read further. */
function furtherOf(waiting: WorklistQuery, { userId }: UserViewer) {
  const buckets = bucketsOf({ states: ["SIGNED"] });
  return { ...waiting, buckets, secondReadsOf: userId };
}

/** What was given to the reader, then to his pools, then what is free. */
function firstReadsOf(
  waiting: WorklistQuery,
  { userId }: UserViewer,
  poolIds: readonly string[],
): WorklistQuery[] {
  const assigned = bucketsOf({ states: ["WAITING"], isAssigned: true });
  const free = bucketsOf({ states: ["WAITING"], isAssigned: false });
  return [
    { ...waiting, buckets: assigned, assigneeId: userId },
    ...poolIds.map((poolId) => ({ ...waiting, buckets: assigned, poolId })),
    { ...waiting, buckets: free },
  ];
}

function assertIds(ids: readonly string[], field: string): void {
  if (!ids.every(isUuid))
    throw new BadInputError("This is not an identifier of ours.", [field]);
}
