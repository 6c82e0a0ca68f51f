import type { DatabaseClient } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { NotFoundError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { ceilingOf, URGENCY_LADDER } from "../policies/policy-document.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import type { Moment } from "./board.rules.ts";
import {
  bucketsOf,
  type BucketFilter,
} from "../worklist-query/worklist.buckets.ts";
import { byMoment, hourSpans, momentsOf } from "./board.rules.ts";
import {
  countBuckets,
  countCritical,
  countDecisions,
  countSpans,
  countWaiting,
  daySpans,
  firstDue,
  readerLoads,
  stepsOfDay,
} from "./board.store.ts";
import type {
  Decisions,
  ReaderLoad,
  SpanCounts,
  Wait,
  WaitingClass,
} from "./board.store.ts";

interface OpenCounts {
  reading: number;
  notAssessed: number;
  pending: number;
}

/** The counts of one site at a time. */
export interface Board extends OpenCounts {
  asOf: Date;
  criticalOpen: number;
  criticalOverdue: number;
  decisions: Decisions;
  classes: (WaitingClass & { ceilingMinutes: number })[];
  readers: ReaderLoad[];
  nextDue: Wait[];
  hours: SpanCounts[];
  days: SpanCounts[];
  waitingOverDay: Moment[];
}

const DAY_SECONDS = 86_400;

/** As many as a list on a wall has room for. */
const DUE_SHOWN = 8;

/** The department in numbers, for a screen on the wall. */
export class BoardService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;
  readonly #policies: SitePolicies;

  constructor(deps: {
    client: DatabaseClient;
    clock: Clock;
    policies: SitePolicies;
  }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
    this.#policies = deps.policies;
  }

  /**
   * Counts of one site as they are now.
   *
   * @throws FORBIDDEN, or NOT_FOUND for a site that the viewer may not see.
   */
  async read(viewer: Viewer, siteId: string): Promise<Board> {
    assertCan(viewer, "board:read", { what: "site", siteId });
    const client = this.#client;
    const site = isUuid(siteId)
      ? await client.site.findUnique({ where: { id: siteId } })
      : null;
    if (site === null) throw new NotFoundError("site");
    const asOf = this.#clock.now();
    const { document } = await this.#policies.current(siteId);
    const ceilings = URGENCY_LADDER.map((urgency) => ({
      urgency,
      ceilingMinutes: ceilingOf(document, urgency),
    }));
    const hours = hourSpans(asOf);
    const days = await daySpans(client, asOf, site.timeZone ?? "UTC");
    const moments = momentsOf(hours, asOf);
    const [
      waiting,
      open,
      critical,
      decisions,
      readers,
      nextDue,
      ofHours,
      ofDays,
      steps,
    ] = await Promise.all([
      countWaiting(
        client,
        siteId,
        ceilings.map(({ urgency, ceilingMinutes }) => ({
          urgency,
          until: addSeconds(asOf, -60 * ceilingMinutes),
        })),
      ),
      this.#open(siteId),
      countCritical(client, siteId, asOf),
      countDecisions(client, siteId, addSeconds(asOf, -DAY_SECONDS)),
      readerLoads(client, siteId, addSeconds(asOf, -DAY_SECONDS)),
      firstDue(client, siteId, ceilings, DUE_SHOWN),
      countSpans(client, siteId, hours),
      countSpans(client, siteId, days),
      stepsOfDay(client, siteId, moments),
    ]);
    return {
      asOf,
      ...open,
      criticalOpen: critical.open,
      criticalOverdue: critical.overdue,
      decisions,
      classes: ceilings.map((ceiling) => ({
        ...NOTHING_WAITS,
        ...waiting.find(({ urgency }) => urgency === ceiling.urgency),
        ...ceiling,
      })),
      readers,
      nextDue,
      hours: ofHours,
      days: ofDays,
      waitingOverDay: byMoment(moments, steps),
    };
  }

  async #open(siteId: string): Promise<OpenCounts> {
    const unread = ["WAITING", "READING"] as const;
    const count = (filter: BucketFilter) =>
      countBuckets(
        this.#client,
        siteId,
        bucketsOf(filter).map(({ code }) => code),
      );
    const [reading, notAssessed, pending] = await Promise.all([
      count({ states: ["READING"] }),
      count({ states: unread, assessments: ["NOT_ASSESSED"] }),
      count({ states: unread, assessments: ["PENDING"] }),
    ]);
    return { reading, notAssessed, pending };
  }
}

const NOTHING_WAITS = { waiting: 0, overdue: 0, oldestSince: null };
