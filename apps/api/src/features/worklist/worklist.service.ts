import type { Case, DatabaseClient } from "@lung-iris/prisma";
import { assertCan, can } from "../../access/authorize.ts";
import { visibleCases } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { RecentLooks } from "../../audit/recent-looks.ts";
import { BadInputError, ConflictError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
} from "../../platform/pagination.ts";
import type { Page, PageRequest } from "../../platform/pagination.ts";
import { searchWords } from "../../platform/search-words.ts";
import { readsBlind } from "../cases/blindness.ts";
import { findCasesById } from "../cases/case.reads.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { bucketsOf } from "./worklist.buckets.ts";
import type { BucketFilter } from "./worklist.buckets.ts";
import { listedSites, overdueArrivals, sitesByName } from "./worklist.sites.ts";
import { worklistKeySchema } from "./worklist.order.ts";
import type { WorklistSort } from "./worklist.order.ts";
import type { WorklistSample } from "./worklist.plan.ts";
import {
  countOverdue,
  countWorklist,
  earliestArrival,
  findWorklist,
  isBrief,
  sampleWorklist,
} from "./worklist.store.ts";
import { EMPTY_QUERY } from "./worklist.query.ts";
import type { WorklistQuery } from "./worklist.query.ts";
import { traitsOf } from "./worklist.traits.ts";
import type { AgeBand, FilmView } from "./worklist.traits.ts";

/** Counts are exact up to here; the screen then says "1,000+". */
export const COUNT_CAP = 1_000;

/** Cases that a filter may name: those of an upload that is looked at. */
const MAX_CASE_IDS = 200;

export interface WorklistRequest extends Omit<BucketFilter, "isAssigned"> {
  siteId?: string | null;
  search?: string | null;
  assigneeId?: string | null;
  unassigned?: boolean | null;
  claimedById?: string | null;
  readById?: string | null;
  filmViews?: readonly FilmView[] | null;
  patientAges?: readonly AgeBand[] | null;
  preliminary?: boolean | null;
  openCritical?: boolean | null;
  awaitsRetake?: boolean | null;
  identityUnresolved?: boolean | null;
  secondReads?: boolean | null;
  caseIds?: readonly string[] | null;
  arrivedAfter?: Date | null;
  arrivedBefore?: Date | null;
}

export interface CappedCount {
  count: number;
  isCapped: boolean;
}

export interface WorklistPage extends Page<Case> {
  /** Asked for only by queries that select the total. */
  total: () => Promise<CappedCount>;
}

export interface Summary {
  waiting: number;
  waitingIsCapped: boolean;
  reading: number;
  notAssessed: number;
  pending: number;
  overdue: number;
  retakes: number;
  secondReads: number;
  longestWaitSince: Date | null;
}

/** Lists of cases. Every page shown is in the audit trail. */
export class WorklistService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #recent: RecentLooks;
  readonly #policies: SitePolicies;
  readonly #clock: Clock;

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    recent: RecentLooks;
    policies: SitePolicies;
    clock: Clock;
  }) {
    this.#client = deps.client;
    this.#audit = deps.audit;
    this.#recent = deps.recent;
    this.#policies = deps.policies;
    this.#clock = deps.clock;
  }

  /**
   * A page of cases.
   *
   * @throws AI_HIDDEN where order or filter would tell a blind reader what
   *   the AI says, or BAD_USER_INPUT for a cursor or id of somebody's making.
   */
  async list(
    viewer: Viewer,
    request: WorklistRequest,
    sort: WorklistSort,
    page: PageRequest,
  ): Promise<WorklistPage> {
    assertCan(viewer, "case:read");
    const first = pageSize(page.first);
    const after =
      page.after === null || page.after === undefined
        ? null
        : decodeCursor(page.after, worklistKeySchema(sort));
    const asOf = after === null ? this.#clock.now() : new Date(after[3]);
    const asked = await this.#toQuery(viewer, request, sort, asOf);
    if (tellsAi(request, sort)) await this.#assertSeesAi(viewer, asked.siteIds);
    const query = { ...asked, isBrief: await isBrief(this.#client, asked) };
    const sample = await sampleWorklist(this.#client, query);
    const hits = await findWorklist(
      this.#client,
      query,
      sample,
      after,
      first + 1,
    );
    const shown = hits.slice(0, first);
    const cases = await findCasesById(
      this.#client,
      visibleCases(viewer),
      shown.map(({ id }) => id),
    );
    await this.#recordPage(viewer, query.siteIds, request, sort, page, cases);
    const edges = shown.flatMap(({ id, key }) => {
      // A case moved to another site between the two reads is left out.
      const node = cases.get(id);
      return node === undefined ? [] : [{ node, cursor: encodeCursor(key) }];
    });
    return {
      edges,
      pageInfo: {
        hasNextPage: hits.length > first,
        hasPreviousPage: after !== null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
      total: () => this.#count(query, sample),
    };
  }

  /** The line above the worklist. Counts stop at `COUNT_CAP`. */
  async summary(
    viewer: Viewer,
    siteId: string | null | undefined,
  ): Promise<Summary> {
    assertCan(viewer, "case:read");
    const siteIds = await listedSites(this.#client, viewer, siteId);
    const asOf = this.#clock.now();
    const overdue = await overdueArrivals(this.#policies, siteIds, asOf);
    const count = (filter: BucketFilter): Promise<CappedCount> =>
      this.#count({ ...EMPTY_QUERY, siteIds, buckets: bucketsOf(filter) });
    const unread = { states: ["WAITING", "READING"] } as const;
    const waitingBuckets = bucketsOf({ states: ["WAITING"] });
    const [
      waiting,
      reading,
      notAssessed,
      pending,
      retakes,
      secondReads,
      longestWaitSince,
      late,
    ] = await Promise.all([
      count({ states: ["WAITING"] }),
      count({ states: ["READING"] }),
      count({ ...unread, assessments: ["NOT_ASSESSED"] }),
      count({ ...unread, assessments: ["PENDING"] }),
      this.#count({
        ...EMPTY_QUERY,
        siteIds,
        buckets: bucketsOf({ states: ["SIGNED"] }),
        awaitsRetake: true,
      }),
      this.#count({
        ...EMPTY_QUERY,
        siteIds,
        buckets: bucketsOf({ states: ["SIGNED"] }),
        secondReadsOf: secondReadsOf(viewer),
      }),
      earliestArrival(this.#client, {
        ...EMPTY_QUERY,
        siteIds,
        buckets: waitingBuckets,
      }),
      countOverdue(
        this.#client,
        {
          ...EMPTY_QUERY,
          siteIds,
          buckets: waitingBuckets,
          asOf,
          overdue,
        },
        COUNT_CAP,
      ),
    ]);
    return {
      waiting: waiting.count,
      waitingIsCapped: waiting.isCapped,
      reading: reading.count,
      notAssessed: notAssessed.count,
      pending: pending.count,
      overdue: late,
      retakes: retakes.count,
      secondReads: secondReads.count,
      longestWaitSince,
    };
  }

  /**
   * A case whose news was pushed to an open worklist: a look as well, noted
   * once a minute for a session and a case.
   */
  async showChange(viewer: Viewer, caseId: string): Promise<Case | null> {
    assertCan(viewer, "case:read");
    const scope = visibleCases(viewer);
    const row =
      (await findCasesById(this.#client, scope, [caseId])).get(caseId) ?? null;
    if (row === null) return null;
    if (!this.#recent.isRepeat(viewer, { live: caseId }, [])) {
      await this.#audit.recordLook(viewer, {
        type: "worklist.viewed",
        siteId: row.siteId,
        patientId: null,
        subject: { type: "worklist", id: row.siteId },
        details: {
          isLive: true,
          caseIds: [row.id],
          patientIds: [row.patientId],
        },
      });
    }
    return row;
  }

  async #assertSeesAi(
    viewer: Viewer,
    siteIds: readonly string[],
  ): Promise<void> {
    for (const siteId of siteIds) {
      const { document } = await this.#policies.current(siteId);
      if (!readsBlind(viewer, siteId, document.reading.mode)) continue;
      throw new ConflictError(
        "AI_HIDDEN",
        "Under blind reading the list is not sorted or filtered by what the AI says.",
      );
    }
  }

  async #count(
    query: WorklistQuery,
    sample: WorklistSample | null = null,
  ): Promise<CappedCount> {
    const cap = COUNT_CAP + 1;
    const count = await countWorklist(this.#client, query, sample, cap);
    return { count: Math.min(count, COUNT_CAP), isCapped: count > COUNT_CAP };
  }

  async #toQuery(
    viewer: Viewer,
    request: WorklistRequest,
    sort: WorklistSort,
    asOf: Date,
  ): Promise<WorklistQuery> {
    const { assigneeId, claimedById, unassigned } = request;
    const isAssigned = typeof unassigned === "boolean" ? !unassigned : null;
    const listed = await listedSites(this.#client, viewer, request.siteId);
    const siteIds =
      sort === "SITE" ? await sitesByName(this.#client, listed) : listed;
    return {
      siteIds,
      asOf,
      overdue:
        sort === "URGENCY"
          ? await overdueArrivals(this.#policies, siteIds, asOf)
          : new Map(),
      buckets: bucketsOf({ ...request, isAssigned }),
      sort,
      assigneeId: assertId(assigneeId, "filter.assigneeId"),
      poolId: null,
      claimedById: assertId(claimedById, "filter.claimedById"),
      readById: assertId(request.readById, "filter.readById"),
      traits: traitsOf(request),
      isPreliminary: request.preliminary === true,
      hasOpenCritical: request.openCritical === true,
      awaitsRetake: request.awaitsRetake ?? null,
      identityUnresolved: request.identityUnresolved === true,
      secondReadsOf:
        request.secondReads === true ? secondReadsOf(viewer) : null,
      withoutKeptFrom: tellsFirst(request, sort) ? readerOf(viewer) : null,
      caseIds: assertIds(request.caseIds),
      arrivedAfter: request.arrivedAfter ?? null,
      arrivedBefore: request.arrivedBefore ?? null,
      isBrief: false,
      words: searchWords(request.search, "filter.search"),
    };
  }

  /**
   * One event a site, with the cases shown. A page that shows this session
   * nothing but what the same query showed it within the last minute (the
   * list refreshes itself) is not recorded again.
   */
  async #recordPage(
    viewer: Viewer,
    siteIds: readonly string[],
    request: WorklistRequest,
    sort: WorklistSort,
    page: PageRequest,
    cases: ReadonlyMap<string, Case>,
  ): Promise<void> {
    const filter = jsonFilter(request);
    const shown = [...cases.values()];
    if (this.#recent.isRepeat(viewer, { filter, sort, page }, shown)) return;
    const events = siteIds.map((siteId): AuditEventInput => {
      const ofSite = shown.filter((row) => row.siteId === siteId);
      return {
        type: "worklist.viewed",
        siteId,
        patientId: null,
        subject: { type: "worklist", id: siteId },
        details: {
          filter,
          sort,
          first: page.first,
          isFirstPage: page.after === null || page.after === undefined,
          caseIds: ofSite.map(({ id }) => id),
          patientIds: [...new Set(ofSite.map(({ patientId }) => patientId))],
        },
      };
    });
    await this.#audit.recordLook(viewer, ...events);
  }
}

/** Whether the rows that come, or their order, say what the AI answered. */
function tellsAi(request: WorklistRequest, sort: WorklistSort): boolean {
  return sort === "PROBABILITY" || typeof request.aiPositive === "boolean";
}

/** Whether the rows that come, or their order, say what was signed and by whom. */
function tellsFirst(request: WorklistRequest, sort: WorklistSort): boolean {
  return (
    sort === "FINDING" ||
    Boolean(request.labels) ||
    Boolean(request.readById) ||
    typeof request.isDoubtful === "boolean" ||
    typeof request.awaitsRetake === "boolean" ||
    request.openCritical === true
  );
}

/** Whose further readings the viewer's list shows. */
function secondReadsOf(viewer: Viewer): string {
  return readerOf(viewer) ?? "any";
}

/** The viewer where he reads, and could so be a second reader; else null. */
function readerOf(viewer: Viewer): string | null {
  return viewer.kind === "user" && can(viewer, "case:claim")
    ? viewer.userId
    : null;
}

function assertId(id: string | null | undefined, field: string): string | null {
  if (id === null || id === undefined) return null;
  if (isUuid(id)) return id;
  throw new BadInputError("This is not an identifier of ours.", [field]);
}

function assertIds(
  ids: readonly string[] | null | undefined,
): readonly string[] | null {
  if (ids === null || ids === undefined) return null;
  if (ids.length <= MAX_CASE_IDS && ids.every(isUuid)) return ids;
  throw new BadInputError(
    `At most ${String(MAX_CASE_IDS)} identifiers of cases can be asked for.`,
    ["filter.caseIds"],
  );
}

function jsonFilter(request: WorklistRequest) {
  const entries = Object.entries(request).flatMap(([key, value]) => {
    if (value === null || value === undefined) return [];
    return [[key, value instanceof Date ? value.toISOString() : value]];
  });
  return Object.fromEntries(entries) as Record<
    string,
    string | boolean | string[]
  >;
}
