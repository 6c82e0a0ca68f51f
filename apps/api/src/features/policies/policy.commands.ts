import type { PolicyVersion, Tx } from "@lung-iris/prisma";
import type { Viewer } from "../../access/viewer.ts";
import { actorOf } from "../../audit/audit-actor.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { canonicalJson } from "../../audit/canonical-json.ts";
import { BadInputError, ConflictError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/job-queue.ts";
import { notify } from "../../platform/notifications.ts";
import type { PolicyDocument } from "./policy-document.ts";
import type { PolicyPlacement } from "./policy-preview.ts";
import { insertPolicyVersion, lockPolicy } from "./policy.store.ts";
import {
  policyOf,
  type SitePolicies,
  type SitePolicy,
} from "./site-policies.ts";

export interface PolicyChange {
  siteId: string;
  /** Makes the next document of the one in force, held until the end. */
  next: (before: SitePolicy) => PolicyDocument | Promise<PolicyDocument>;
  baseVersion: number;
  reason: string;
}

/** What others send to change a site's policy, in their own transaction. */
export class PolicyCommands {
  readonly #clock: Clock;
  readonly #policies: SitePolicies;
  readonly #placement: PolicyPlacement;

  constructor(deps: {
    clock: Clock;
    policies: SitePolicies;
    placement: PolicyPlacement;
  }) {
    this.#clock = deps.clock;
    this.#policies = deps.policies;
    this.#placement = deps.placement;
  }

  /** Holds a site's policy until the transaction ends: one change at a time. */
  hold(tx: Tx, siteId: string): Promise<void> {
    return lockPolicy(tx, siteId);
  }

  /**
   * The policy in force, held until the transaction ends.
   *
   * @throws POLICY_CHANGED where it is not the version that was looked at.
   */
  async lock(tx: Tx, siteId: string, seenVersion: number): Promise<SitePolicy> {
    await this.hold(tx, siteId);
    const policy = await this.#policies.inForce(tx, siteId);
    if (policy.version !== seenVersion) throw changedMeanwhile(policy.version);
    return policy;
  }

  /**
   * Makes a document the newest version, with one event, and places the open
   * cases by it: the first here, the rest by a job. After the commit the
   * caller has the process forget the version before (`SitePolicies.forget`).
   *
   * @throws BAD_USER_INPUT where nothing changes, or POLICY_CHANGED where
   *   another version was saved since the one that this was made from.
   */
  async change(
    tx: Tx,
    record: RecordEvent,
    viewer: Viewer,
    { siteId, next, baseVersion, reason }: PolicyChange,
  ): Promise<PolicyVersion> {
    const before = await this.lock(tx, siteId, baseVersion);
    const document = await next(before);
    assertDiffers(before.document, document);
    const now = this.#clock.now();
    const by = actorOf(viewer);
    const row = await insertPolicyVersion(tx, {
      id: newId(now),
      siteId,
      version: before.version + 1,
      document,
      reason,
      byId: by.id,
      byName: by.name,
      createdAt: now,
    });
    record({
      type: "policy.changed",
      siteId,
      patientId: null,
      subject: { type: "policy", id: row.id },
      before: { version: before.version, document: before.document },
      after: { version: row.version, document },
      details: { reason },
    });
    await notify(tx, { topic: "policy", siteId });
    const policy = policyOf(siteId, row.version, document);
    const isMore = await this.#placement.placeNext(tx, record, policy);
    if (isMore) await enqueue(tx, "place-anew", siteId, { siteId });
    return row;
  }
}

function changedMeanwhile(version: number): ConflictError {
  return new ConflictError(
    "POLICY_CHANGED",
    `Version ${String(version)} was saved meanwhile. Look at it, then make your change anew.`,
    { details: { version } },
  );
}

function assertDiffers(before: PolicyDocument, after: PolicyDocument): void {
  if (canonicalJson(before) !== canonicalJson(after)) return;
  throw new BadInputError("This is the policy that is in force already.", [
    "input.document",
  ]);
}
