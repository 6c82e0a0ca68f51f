import { withTransaction } from "@lung-iris/prisma";
import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { lockPlacedBefore } from "../case-rows/case.locks.ts";
import { isPastCeiling, rankOf } from "../policies/policy-document.ts";
import type {
  PolicyMove,
  PolicyPlacement,
  PolicyPreview,
  PolicyStep,
} from "../policies/policy-preview.ts";
import type { SitePolicies, SitePolicy } from "../policies/site-policies.ts";
import { openCaseIds, placementsOf } from "./placement.store.ts";

/** Cases placed in one transaction. */
const BATCH = 200;
/** Open cases that a preview looks at; a hospital has hundreds. */
const MOST_PREVIEWED = 10_000;
const MOST_SHOWN = 50;

/** Places the open cases of a site by another policy, or says what that did. */
export class PolicyPlacementService implements PolicyPlacement {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #commands: CaseCommands;
  readonly #policies: SitePolicies;

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    clock: Clock;
    commands: CaseCommands;
    policies: SitePolicies;
  }) {
    this.#client = deps.client;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
    this.#commands = deps.commands;
    this.#policies = deps.policies;
  }

  /** What `then` would do to the open cases that `now` placed. */
  async preview(now: SitePolicy, then: SitePolicy): Promise<PolicyPreview> {
    const at = this.#clock.now();
    const moved: PolicyMove[] = [];
    const seen = { openCases: 0, overdueBefore: 0, overdueAfter: 0 };
    const ids = await openCaseIds(this.#client, now.siteId, MOST_PREVIEWED + 1);
    const isCapped = ids.length > MOST_PREVIEWED;
    for (let start = 0; start < MOST_PREVIEWED; start += BATCH) {
      const rows = await this.#client.case.findMany({
        where: { id: { in: ids.slice(start, start + BATCH) } },
      });
      if (rows.length === 0) break;
      const placements = await withTransaction(this.#client, (tx) =>
        placementsOf(tx, rows, then, at),
      );
      for (const row of rows) {
        const urgency = placements.get(row.id)?.urgency ?? row.urgency;
        if (isOverdue(row, row.urgency, now, at)) seen.overdueBefore += 1;
        if (isOverdue(row, urgency, then, at)) seen.overdueAfter += 1;
        if (urgency !== row.urgency)
          moved.push({ case: row, before: row.urgency, after: urgency });
      }
      seen.openCases += rows.length;
    }
    moved.sort(
      (a, b) =>
        rankOf(a.after) - rankOf(b.after) ||
        a.case.arrivedAt.getTime() - b.case.arrivedAt.getTime(),
    );
    const sample = moved.slice(0, MOST_SHOWN);
    const steps = stepsOf(moved);
    return { ...seen, isCapped, moves: moved.length, steps, sample };
  }

  /** Places the next open cases of earlier policies; whether there are more. */
  async placeNext(
    tx: Tx,
    record: RecordEvent,
    policy: SitePolicy,
  ): Promise<boolean> {
    const { siteId, version } = policy;
    const rows = await lockPlacedBefore(tx, siteId, version, BATCH);
    const now = this.#clock.now();
    const placements = await placementsOf(tx, rows, policy, now);
    for (const row of rows) {
      const placement = placements.get(row.id);
      if (placement === undefined) throw new Error("a case without its place");
      await this.#commands.place(tx, record, row, placement, {
        cause: "policy",
      });
    }
    return rows.length === BATCH;
  }

  /** The job `place-anew`: all that the policy in force has not placed yet. */
  async placeAll(siteId: string): Promise<void> {
    const viewer = systemViewer("policy-placement", newRequestId());
    for (;;) {
      const isMore = await this.#audit.changeAndRecord(
        viewer,
        async (tx, record) =>
          this.placeNext(tx, record, await this.#policies.inForce(tx, siteId)),
      );
      if (!isMore) return;
    }
  }

  /**
   * The same of every site, for cases that came in or were placed while a
   * policy was being changed.
   */
  async sweep(): Promise<void> {
    const sites = await this.#client.site.findMany({ select: { id: true } });
    for (const { id } of sites) await this.placeAll(id);
  }
}

function stepsOf(moves: readonly PolicyMove[]): PolicyStep[] {
  const steps = new Map<string, PolicyStep>();
  for (const { before, after } of moves) {
    const key = `${before} ${after}`;
    const step = steps.get(key) ?? { before, after, cases: 0 };
    steps.set(key, { ...step, cases: step.cases + 1 });
  }
  return [...steps.values()].sort(
    (a, b) =>
      rankOf(a.before) - rankOf(b.before) || rankOf(a.after) - rankOf(b.after),
  );
}

/** Whether a case of the class waits past the class's ceiling. */
function isOverdue(
  { state, arrivedAt }: Case,
  urgency: Case["urgency"],
  { document }: SitePolicy,
  at: Date,
): boolean {
  const waited = (at.getTime() - arrivedAt.getTime()) / 60_000;
  return state === "WAITING" && isPastCeiling(document, urgency, waited);
}
