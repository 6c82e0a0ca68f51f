import type {
  ModelVersion,
  PolicyVersion,
  ThresholdProposal,
  Tx,
} from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import type { PolicyCommands } from "../policies/policy.commands.ts";
import type { SitePolicies, SitePolicy } from "../policies/site-policies.ts";
import { assertMayChangeAlone } from "../policies/threshold-approval.rules.ts";
import { INDEPENDENT_GRADES } from "./threshold-desk.rules.ts";
import type { ThresholdDeskService } from "./threshold-desk.service.ts";
import { liveModelAt } from "./threshold-desk.store.ts";
import { evidenceOf, type ThresholdEvidence } from "./threshold-evidence.ts";
import {
  findSame,
  insertProposal,
  type ProposalRow,
} from "./threshold-proposal.store.ts";
import { tellOfThreshold } from "./tell-of-threshold.ts";
import { changeOf, proposalDetails } from "./threshold-proposal.rules.ts";
import {
  assertChoice,
  setThreshold,
  withThreshold,
  type ThresholdChoice,
} from "./threshold.rules.ts";

export type { ProposalRow } from "./threshold-proposal.store.ts";

/** Which threshold is to hold from now on, and why. */
export interface ThresholdRequest extends ThresholdChoice {
  siteId: string;
  /** Fingerprint of the model that was looked at. */
  model: string;
  baseVersion: number;
  reason: string;
}

export interface ThresholdChangeDeps {
  audit: AuditLog;
  clock: Clock;
  policies: SitePolicies;
  commands: PolicyCommands;
  desk: ThresholdDeskService;
}

/** Thresholds changed by one person, or proposed to a second. */
export class ThresholdChangeService {
  readonly #deps: ThresholdChangeDeps;

  constructor(deps: ThresholdChangeDeps) {
    this.#deps = deps;
  }

  /**
   * Makes the threshold hold: a new version of the policy.
   *
   * @throws FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, POLICY_CHANGED,
   *   MODEL_CHANGED, or APPROVAL_NEEDED where two people change thresholds.
   */
  async save(
    viewer: Viewer,
    request: ThresholdRequest,
  ): Promise<PolicyVersion> {
    const { siteId, baseVersion } = request;
    assertCan(viewer, "threshold:propose", { what: "site", siteId });
    assertCan(viewer, "policy:edit", { what: "site", siteId });
    const reason = checked(request);
    const { audit, commands, policies } = this.#deps;
    const made = await audit.changeAndRecord(viewer, async (tx, record) => {
      const version = await commands.change(tx, record, viewer, {
        siteId,
        baseVersion,
        reason,
        next: async ({ document }) => {
          const { fingerprint } = await assertLive(tx, siteId, request.model);
          const held = setThreshold(document, fingerprint, request.ageGroup);
          if (held === request.threshold) throw holdsAlready();
          const next = withThreshold(document, fingerprint, request);
          assertMayChangeAlone(document, next);
          return next;
        },
      });
      const { ageGroup } = request;
      await dropKeptReason(tx, viewer, "THRESHOLD_CHANGE", siteId, ageGroup);
      return version;
    });
    policies.forget(siteId);
    return made;
  }

  /**
   * Asks a second person for the change, with what is known of it now.
   *
   * @throws FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, POLICY_CHANGED,
   *   MODEL_CHANGED, or PROPOSAL_OPEN where the group has one already.
   */
  async propose(
    viewer: Viewer,
    request: ThresholdRequest,
  ): Promise<ProposalRow> {
    const { siteId, ageGroup, threshold, baseVersion } = request;
    assertUserCan(viewer, "threshold:propose", { what: "site", siteId });
    const reason = checked(request);
    const evidence = await this.#evidence(viewer, request);
    const { audit, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await commands.lock(tx, siteId, baseVersion);
      const model = await assertLive(tx, siteId, request.model);
      const held = setThreshold(before.document, model.fingerprint, ageGroup);
      if (held === threshold) throw holdsAlready();
      const what = { kind: "THRESHOLD" as const, ageGroup, threshold, reason };
      return this.#insert(tx, record, viewer, before, {
        ...what,
        model,
        held,
        evidence,
      });
    });
  }

  /**
   * Asks a second person to let one change thresholds alone again.
   *
   * @throws FORBIDDEN, NOT_FOUND, BAD_USER_INPUT where one is enough already,
   *   POLICY_CHANGED, or PROPOSAL_OPEN.
   */
  proposeSingleApproval(
    viewer: Viewer,
    request: { siteId: string; baseVersion: number; reason: string },
  ): Promise<ProposalRow> {
    const { siteId, baseVersion } = request;
    assertUserCan(viewer, "threshold:propose", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    const reason = requiredReason(request.reason, "input.reason");
    const { audit, commands } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await commands.lock(tx, siteId, baseVersion);
      if (before.document.thresholdDesk.approval === "one")
        throw new BadInputError(
          "At this site one person is enough to change thresholds already.",
        );
      return this.#insert(tx, record, viewer, before, {
        kind: "SINGLE_APPROVAL",
        model: null,
        ageGroup: null,
        threshold: null,
        held: null,
        evidence: null,
        reason,
      });
    });
  }

  async #insert(
    tx: Tx,
    record: RecordEvent,
    viewer: UserViewer,
    { siteId, version: baseVersion }: SitePolicy,
    { model, held, evidence, ...what }: NewProposal,
  ): Promise<ProposalRow> {
    const modelVersionId = model?.id ?? null;
    const of = { ...what, siteId, baseVersion, modelVersionId };
    if ((await findSame(tx, of)) !== null)
      throw new ConflictError(
        "PROPOSAL_OPEN",
        "This is proposed already and waits for a second person.",
      );
    const now = this.#deps.clock.now();
    const row = await insertProposal(tx, {
      ...of,
      id: newId(now),
      ...(evidence === null ? {} : { evidence }),
      proposedById: viewer.userId,
      proposedByName: viewer.name,
      proposedAt: now,
    });
    await (row.ageGroup === null
      ? dropKeptReason(tx, viewer, "SINGLE_APPROVAL", siteId)
      : dropKeptReason(tx, viewer, "THRESHOLD_CHANGE", siteId, row.ageGroup));
    await tellOfThreshold(tx, row, viewer, now);
    record({
      type: "threshold.proposed",
      subject: { type: "threshold-proposal", id: row.id },
      siteId,
      patientId: null,
      ...changeOf(row, held),
      details: { ...proposalDetails(row), reason: row.reason },
    });
    return row;
  }

  async #evidence(
    viewer: Viewer,
    { siteId, ageGroup, threshold }: ThresholdRequest,
  ): Promise<ThresholdEvidence | null> {
    const desk = await this.#deps.desk.read(viewer, {
      siteId,
      ageGroup,
      harmWeight: 1,
      grades: INDEPENDENT_GRADES,
      also: threshold,
    });
    return desk === null ? null : evidenceOf(desk, threshold);
  }
}

interface NewProposal extends Pick<
  ThresholdProposal,
  "kind" | "ageGroup" | "threshold" | "reason"
> {
  model: ModelVersion | null;
  /** What the policy says now. */
  held: number | null;
  evidence: ThresholdEvidence | null;
}

/** The reason, trimmed. Throws BAD_USER_INPUT or NOT_FOUND. */
function checked(request: ThresholdRequest): string {
  if (!isUuid(request.siteId)) throw new NotFoundError("site");
  assertChoice(request, "input.");
  return requiredReason(request.reason, "input.reason");
}

/** @throws MODEL_CHANGED where the model that was looked at is not live. */
async function assertLive(
  tx: Tx,
  siteId: string,
  fingerprint: string,
): Promise<ModelVersion> {
  const model = await liveModelAt(tx, siteId);
  if (model?.fingerprint !== fingerprint)
    throw new ConflictError(
      "MODEL_CHANGED",
      "Another model is live by now. Its thresholds are its own: look at them first.",
    );
  return model;
}

function holdsAlready(): BadInputError {
  return new BadInputError("This threshold holds already.", [
    "input.threshold",
  ]);
}
