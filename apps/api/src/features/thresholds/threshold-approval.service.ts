import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleThresholdProposals } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  BY_ID,
  pageBy,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import type { PolicyCommands } from "../policies/policy.commands.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { liveModelAt } from "./threshold-desk.store.ts";
import {
  approvedDocument,
  changeOf,
  isStale,
  proposalDetails,
  type StandsNow,
} from "./threshold-proposal.rules.ts";
import {
  closeProposal,
  findProposal,
  listProposals,
  type ProposalRow,
} from "./threshold-proposal.store.ts";
import { tellOfThreshold } from "./tell-of-threshold.ts";
import { setThreshold } from "./threshold.rules.ts";

/** Longest reason of who declines, in characters. */
const LONGEST_NOTE = 1_000;

export interface ThresholdApprovalDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  policies: SitePolicies;
  commands: PolicyCommands;
}

/** What becomes of proposed thresholds. */
export class ThresholdApprovalService {
  readonly #deps: ThresholdApprovalDeps;

  constructor(deps: ThresholdApprovalDeps) {
    this.#deps = deps;
  }

  /** Proposals of a site, the newest first. */
  async list(
    viewer: Viewer,
    siteId: string,
    { first, after }: PageRequest,
  ): Promise<Page<ProposalRow>> {
    assertCan(viewer, "threshold:read", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      listProposals(
        this.#deps.client,
        { AND: [visibleThresholdProposals(viewer), { siteId }] },
        beyond,
        take,
      ),
    );
  }

  /** What a site's proposals are held against now. */
  async standsNow(siteId: string): Promise<StandsNow> {
    const { client, policies } = this.#deps;
    const [{ version }, live] = await Promise.all([
      policies.current(siteId),
      liveModelAt(client, siteId),
    ]);
    return { policyVersion: version, liveModelId: live?.id ?? null };
  }

  /**
   * Makes what another proposed hold: a new version of the policy, with the
   * proposal's reason.
   *
   * @throws FORBIDDEN, NOT_FOUND, OWN_PROPOSAL, PROPOSAL_CLOSED, or
   *   PROPOSAL_STALE where policy or live model changed meanwhile.
   */
  async approve(viewer: Viewer, id: string): Promise<ProposalRow> {
    assertUserCan(viewer, "threshold:approve");
    const { client, audit, commands, policies } = this.#deps;
    const { siteId } = await this.#find(client, viewer, id);
    const approved = await audit.changeAndRecord(viewer, async (tx, record) => {
      await commands.hold(tx, siteId);
      const row = await this.#open(tx, viewer, id);
      assertAnothers(row, viewer, "approve");
      const before = await policies.inForce(tx, siteId);
      const live = await liveModelAt(tx, siteId);
      const now = {
        policyVersion: before.version,
        liveModelId: live?.id ?? null,
      };
      if (isStale(row, now)) throw stale();
      const { version } = await commands.change(tx, record, viewer, {
        siteId,
        baseVersion: row.baseVersion,
        reason: row.reason,
        next: (policy) => approvedDocument(row, policy),
      });
      const model = row.modelVersion?.fingerprint ?? "";
      const held = setThreshold(before.document, model, row.ageGroup ?? "");
      record({
        type: "threshold.approved",
        ...aboutOf(row),
        ...changeOf(row, held),
        details: {
          ...proposalDetails(row),
          ...proposerOf(row),
          madeVersion: version,
        },
      });
      return this.#close(tx, viewer, id, {
        state: "APPROVED",
        madeVersion: version,
      });
    });
    policies.forget(siteId);
    return approved;
  }

  /**
   * Says no to what another proposed; one that has gone stale too.
   *
   * @param text why, 1 to 1,000 characters.
   * @throws FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, OWN_PROPOSAL or
   *   PROPOSAL_CLOSED.
   */
  async decline(
    viewer: Viewer,
    id: string,
    text: string,
  ): Promise<ProposalRow> {
    assertUserCan(viewer, "threshold:approve");
    const note = noteOf(text);
    const { client, audit, commands } = this.#deps;
    const { siteId } = await this.#find(client, viewer, id);
    return audit.changeAndRecord(viewer, async (tx, record) => {
      await commands.hold(tx, siteId);
      const row = await this.#open(tx, viewer, id);
      assertAnothers(row, viewer, "decline");
      await dropKeptReason(tx, viewer, "THRESHOLD_DECLINE", row.id);
      record({
        type: "threshold.declined",
        ...aboutOf(row),
        details: { ...proposalDetails(row), ...proposerOf(row), note },
      });
      return this.#close(tx, viewer, id, { state: "DECLINED", note });
    });
  }

  /**
   * Takes one's own proposal back.
   *
   * @throws FORBIDDEN, NOT_FOUND, NOT_OWN_PROPOSAL or PROPOSAL_CLOSED.
   */
  async withdraw(viewer: Viewer, id: string): Promise<ProposalRow> {
    assertUserCan(viewer, "threshold:propose");
    const { client, audit, commands } = this.#deps;
    const { siteId } = await this.#find(client, viewer, id);
    return audit.changeAndRecord(viewer, async (tx, record) => {
      await commands.hold(tx, siteId);
      const row = await this.#open(tx, viewer, id);
      if (row.proposedById !== viewer.userId)
        throw new ConflictError(
          "NOT_OWN_PROPOSAL",
          `${row.proposedByName} proposed this, so only ${row.proposedByName} can take it back.`,
        );
      record({
        type: "threshold.withdrawn",
        ...aboutOf(row),
        details: proposalDetails(row),
      });
      return this.#close(tx, viewer, id, { state: "WITHDRAWN" });
    });
  }

  async #find(
    client: DatabaseClient | Tx,
    viewer: UserViewer,
    id: string,
  ): Promise<ProposalRow> {
    const scope = visibleThresholdProposals(viewer);
    const row = isUuid(id) ? await findProposal(client, scope, id) : null;
    if (row === null) throw new NotFoundError("proposal");
    return row;
  }

  /** The same where it is open; read with the site's policy held. */
  async #open(tx: Tx, viewer: UserViewer, id: string): Promise<ProposalRow> {
    const row = await this.#find(tx, viewer, id);
    if (row.state === "OPEN") return row;
    throw new ConflictError(
      "PROPOSAL_CLOSED",
      `${row.closedByName ?? "Somebody"} has closed this proposal already.`,
    );
  }

  /** Closes it, and tells who proposed it. */
  async #close(
    tx: Tx,
    viewer: UserViewer,
    id: string,
    outcome:
      | { state: "APPROVED"; madeVersion: number }
      | { state: "DECLINED"; note: string }
      | { state: "WITHDRAWN" },
  ): Promise<ProposalRow> {
    const closedAt = this.#deps.clock.now();
    const row = await closeProposal(tx, id, {
      ...outcome,
      closedById: viewer.userId,
      closedByName: viewer.name,
      closedAt,
    });
    await tellOfThreshold(tx, row, viewer, closedAt);
    return row;
  }
}

function aboutOf({ id, siteId }: ProposalRow) {
  const subject = { type: "threshold-proposal" as const, id };
  return { subject, siteId, patientId: null };
}

function proposerOf({ proposedById, proposedByName }: ProposalRow) {
  return { proposedById, proposedByName };
}

function assertAnothers(
  { proposedById }: ProposalRow,
  { userId }: UserViewer,
  step: string,
): void {
  if (proposedById === userId)
    throw new ConflictError(
      "OWN_PROPOSAL",
      `You proposed this, so another person has to ${step} it.`,
    );
}

function stale(): ConflictError {
  return new ConflictError(
    "PROPOSAL_STALE",
    "The policy or the live model changed since this was proposed. Look at the desk and propose it anew.",
  );
}

function noteOf(text: string): string {
  const note = text.trim();
  if (note === "" || note.length > LONGEST_NOTE)
    throw new BadInputError(
      `Say why, in at most ${String(LONGEST_NOTE)} characters.`,
      ["note"],
    );
  return note;
}
