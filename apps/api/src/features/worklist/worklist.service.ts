import type { Case, DatabaseClient } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import { ScopedRows } from "../../access/scoped-rows.ts";
import type { ListedCase } from "../../access/scoped-rows.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { RecentLooks } from "../../audit/recent-looks.ts";
import { ConflictError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { KeptAnswers } from "../../platform/kept-answers.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
} from "../../platform/pagination.ts";
import type { Page, PageRequest } from "../../platform/pagination.ts";
import { searchWords } from "../../platform/search-words.ts";
import { readsBlind } from "../blindness/blindness.ts";
import { casesOf, findCasesById } from "../cases/case.reads.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { bucketsOf } from "../worklist-query/worklist.buckets.ts";
import type { BucketFilter } from "../worklist-query/worklist.buckets.ts";
import { listedSites, overdueArrivals, sitesByName } from "./worklist.sites.ts";
import { worklistKeySchema } from "../worklist-query/worklist.order.ts";
import type { WorklistSort } from "../worklist-query/worklist.order.ts";
import type { WorklistSample } from "../worklist-query/worklist.plan.ts";
import {
  countOverdue,
  countWorklist,
  earliestArrival,
  findWorklist,
  isBrief,
  sampleWorklist,
} from "./worklist.store.ts";
import { EMPTY_QUERY, hasTraits } from "../worklist-query/worklist.query.ts";
import type { WorklistQuery } from "../worklist-query/worklist.query.ts";
import {
  assertId,
  assertIds,
  checkedFlags,
  jsonFilter,
  readerOf,
  secondReadsOf,
  tellsAi,
  tellsFirst,
} from "./worklist.request.ts";
import type { WorklistRequest } from "./worklist.request.ts";
import { traitsOf } from "../worklist-query/worklist.traits.ts";

/** Counts are exact up to here; the screen then says "1,000+". */
export const COUNT_CAP = 1_000;

/** What is common now will be in a minute. */
const SAMPLES_KEPT = { keptMs: 60_000, most: 1_000 };

export interface CappedCount {
  count: number;
  isCapped: boolean;
}

export interface WorklistPage extends Page<Case> {
  /** The page's cases with the stamps of what is shown beside them. */
  listed: readonly ListedCase[];
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
  mine: number;
  unassigned: number;
  identity: number;
  longestWaitSince: Date | null;
}

/** Lists of cases. Every page shown is in the audit trail. */
export class WorklistService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #recent: RecentLooks;
  readonly #policies: SitePolicies;
  readonly #clock: Clock;
  readonly #samples: KeptAnswers<WorklistSample | null>;

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
    this.#samples = new KeptAnswers(deps.clock, SAMPLES_KEPT);
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
    const sample = await this.#sampleOf(query);
    const hits = await findWorklist(
      this.#client,
      query,
      sample,
      after,
      first + 1,
    );
    const shown = hits.slice(0, first);
    const rows = new ScopedRows(this.#client, viewer);
    const listed = await rows.readListed(shown.map(({ id }) => id));
    const cases = await casesOf(rows, listed);
    await this.#recordPage(viewer, query.siteIds, request, sort, page, cases);
    const edges = shown.flatMap(({ id, key }) => {
      // A case moved to another site between the two reads is left out.
      const node = cases.get(id);
      return node === undefined ? [] : [{ node, cursor: encodeCursor(key) }];
    });
    return {
      edges,
      listed,
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
    const count = (
      filter: BucketFilter,
      more: Partial<WorklistQuery> = {},
    ): Promise<CappedCount> =>
      this.#count({
        ...EMPTY_QUERY,
        siteIds,
        buckets: bucketsOf(filter),
        ...more,
      });
    const none = Promise.resolve({ count: 0, isCapped: false });
    const unread = { states: ["WAITING", "READING"] } as const;
    const signed = { states: ["SIGNED"] } as const;
    const waitingOnly = {
      ...EMPTY_QUERY,
      siteIds,
      buckets: bucketsOf({ states: ["WAITING"] }),
    };
    const [
      waiting,
      reading,
      notAssessed,
      pending,
      retakes,
      secondReads,
      mine,
      unassigned,
      identity,
      longestWaitSince,
      late,
    ] = await Promise.all([
      count({ states: ["WAITING"] }),
      count({ states: ["READING"] }),
      count({ ...unread, assessments: ["NOT_ASSESSED"] }),
      count({ ...unread, assessments: ["PENDING"] }),
      count(signed, { awaitsRetake: true }),
      count(signed, { secondReadsOf: secondReadsOf(viewer) }),
      viewer.kind === "user"
        ? count({ ...unread, isAssigned: true }, { assigneeId: viewer.userId })
        : none,
      count({ states: ["WAITING"], isAssigned: false }),
      count({}, { identityUnresolved: true }),
      earliestArrival(this.#client, waitingOnly),
      countOverdue(this.#client, { ...waitingOnly, asOf, overdue }, COUNT_CAP),
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
      mine: mine.count,
      unassigned: unassigned.count,
      identity: identity.count,
      longestWaitSince,
    };
  }

  /**
   * A case whose news was pushed to an open worklist: a look as well, noted
   * once a minute for a session and a case.
   */
  async showChange(viewer: Viewer, caseId: string): Promise<Case | null> {
    assertCan(viewer, "case:read");
    const row =
      (await findCasesById(this.#client, viewer, [caseId])).get(caseId) ?? null;
    if (row === null) return null;
    await this.#recent.once(viewer, { live: caseId }, [], () =>
      this.#audit.recordLook(viewer, {
        type: "worklist.viewed",
        siteId: row.siteId,
        patientId: null,
        subject: { type: "worklist", id: row.siteId },
        details: {
          isLive: true,
          caseIds: [row.id],
          patientIds: [row.patientId],
        },
      }),
    );
    return row;
  }

  /** How common what is searched for is decides the plan, never the rows. */
  #sampleOf(query: WorklistQuery): Promise<WorklistSample | null> {
    const { siteIds, words, traits, flags, buckets } = query;
    const codes = buckets.map(({ code }) => code);
    if (words.length === 0 && !hasTraits(query)) return Promise.resolve(null);
    return this.#samples.get(
      JSON.stringify([siteIds, words, traits, flags, codes]),
      () => sampleWorklist(this.#client, query),
    );
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
    const isGiven = assigneeId !== null && assigneeId !== undefined;
    const isAssigned = typeof unassigned === "boolean" ? !unassigned : null;
    const listed = await listedSites(this.#client, viewer, request.siteId);
    const siteIds =
      sort === "SITE" || sort === "SITE_REVERSED"
        ? await sitesByName(this.#client, listed)
        : listed;
    return {
      siteIds,
      asOf,
      overdue:
        sort === "URGENCY"
          ? await overdueArrivals(this.#policies, siteIds, asOf)
          : new Map(),
      // What is somebody's lies in the buckets of what is given.
      buckets: bucketsOf({
        ...request,
        isAssigned: isAssigned ?? (isGiven ? true : null),
      }),
      sort,
      assigneeId: assertId(assigneeId, "filter.assigneeId"),
      poolId: assertId(request.poolId, "filter.poolId"),
      claimedById: assertId(claimedById, "filter.claimedById"),
      readById: assertId(request.readById, "filter.readById"),
      traits: traitsOf(request),
      flags: checkedFlags(request.clinicalFlags),
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
    await this.#recent.once(viewer, { filter, sort, page }, shown, () =>
      this.#audit.recordLook(viewer, ...events),
    );
  }
}
