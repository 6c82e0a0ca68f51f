import type { DatabaseClient, KeptReasonKind, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visiblePromotions } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import {
  BY_ID,
  pageBy,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import type { BarsService } from "../bars/bars.service.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import { makersOf } from "../models/training-record.ts";
import {
  namesOf,
  type JudgementService,
} from "../judgements/judgement.service.ts";
import type { ModelRoleCommands } from "../models/model-role.commands.ts";
import {
  assertGround,
  assertIndependent,
  dependence,
  emailsOf,
} from "./promotion-checks.ts";
import {
  insertPromotion,
  lastApproved,
  listPromotions,
  lockPromotion,
  openProposal,
  updatePromotion,
  type PromotionRow,
} from "./promotion.store.ts";
import { tellOfPromotion } from "./tell-of-promotion.ts";

export type { PromotionRow } from "./promotion.store.ts";

export interface ProposeRequest {
  judgementId: string;
  /** Email addresses of those who made the candidate, beside the card's. */
  trainedBy?: readonly string[] | null;
  reason: string;
}

export interface DecideRequest {
  promotionId: string;
  reason: string;
}

export interface PromotionServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  bars: BarsService;
  judgements: JudgementService;
  roles: ModelRoleCommands;
  /** The installation's secret; pseudonyms come from it. */
  secret: string;
}

type Outcome = "approved" | "rejected" | "rolled-back";

/** What somebody typed of each before it was sent. */
const TYPED = {
  approved: "PROMOTION_APPROVAL",
  rejected: "PROMOTION_REJECTION",
  "rolled-back": "PROMOTION_ROLLBACK",
} as const satisfies Record<Outcome, KeptReasonKind>;

/** How a judged candidate comes to be live at a site: by two people. */
export class PromotionService {
  readonly #deps: PromotionServiceDeps;

  constructor(deps: PromotionServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Proposes a candidate whose judgement missed no bar.
   *
   * @throws NOT_FOUND, BAD_USER_INPUT, NOT_JUDGED with the reason,
   *   BARS_LOOSENED, LEARNT_FROM_WITHDRAWN, or CONFLICT where another proposal of the site waits.
   */
  propose(viewer: Viewer, request: ProposeRequest): Promise<PromotionRow> {
    assertUserCan(viewer, "model:promote");
    const reason = requiredReason(request.reason, "input.reason");
    const named = emailsOf(request.trainedBy ?? []);
    const { audit, clock, judgements, roles } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const judgement = await judgements.find(tx, viewer, request.judgementId);
      const { siteId, candidate } = judgement;
      assertUserCan(viewer, "model:promote", { what: "judgement", siteId });
      const live = await roles.lockLive(tx, siteId);
      await assertGround(this.#deps, tx, judgement, live.id);
      if ((await openProposal(tx, siteId)) !== null)
        throw new ConflictError(
          "CONFLICT",
          "Another proposal of this site waits. Let it be decided first.",
        );
      const now = clock.now();
      const row = await insertPromotion(tx, {
        id: newId(now),
        siteId,
        judgementId: judgement.id,
        candidateId: candidate.id,
        replacesId: live.id,
        trainedBy: [...new Set([...makersOf(candidate.manifest), ...named])],
        reason,
        proposedById: viewer.userId,
        proposedByName: viewer.name,
        proposedAt: now,
      });
      await dropKeptReason(tx, viewer, "PROMOTION_PROPOSAL", judgement.id);
      await tellOfPromotion(tx, row, viewer, now);
      note(record, "promotion.proposed", row, null, reason);
      return row;
    });
  }

  /**
   * Makes the candidate live at the site. The second person is neither the
   * one who proposed nor one who made it.
   *
   * @throws NOT_FOUND, NOT_INDEPENDENT, NOT_JUDGED, BARS_LOOSENED,
   *   LEARNT_FROM_WITHDRAWN, or CONFLICT where it was decided already.
   */
  approve(viewer: Viewer, request: DecideRequest): Promise<PromotionRow> {
    return this.#decide(viewer, request, "approved", async (change) => {
      const { tx, record, row, now, reason, by } = change;
      if (row.state !== "PROPOSED") throw decidedAlready();
      await assertIndependent(tx, viewerOf(viewer), row);
      const { siteId } = row;
      const live = await this.#deps.roles.lockLive(tx, siteId);
      await assertGround(this.#deps, tx, row.judgement, live.id);
      const { replacedOwn } = await this.#deps.roles.goLive(
        { tx, record, siteId, now, by, reason },
        row.candidate,
        viewer.origin.requestId,
      );
      return {
        state: "APPROVED",
        decisionReason: reason,
        decidedById: by.id,
        decidedByName: by.name,
        decidedAt: now,
        replacedOwn,
      };
    });
  }

  /** Declines a proposal. @throws NOT_FOUND, or CONFLICT where it is decided. */
  reject(viewer: Viewer, request: DecideRequest): Promise<PromotionRow> {
    return this.#decide(
      viewer,
      request,
      "rejected",
      ({ row, now, reason, by }) => {
        if (row.state !== "PROPOSED") throw decidedAlready();
        return Promise.resolve({
          state: "REJECTED",
          decisionReason: reason,
          decidedById: by.id,
          decidedByName: by.name,
          decidedAt: now,
        });
      },
    );
  }

  /**
   * Takes the site's last promotion back: what was live before is live again,
   * at once and by one person.
   *
   * @throws NOT_FOUND, or CONFLICT where it is not what is live by promotion.
   */
  rollBack(viewer: Viewer, request: DecideRequest): Promise<PromotionRow> {
    return this.#decide(viewer, request, "rolled-back", async (change) => {
      const { tx, record, row, now, reason, by } = change;
      const { siteId } = row;
      const live = await this.#deps.roles.lockLive(tx, siteId);
      const last = await lastApproved(tx, siteId);
      if (last?.id !== row.id || live.id !== row.candidateId)
        throw new ConflictError(
          "CONFLICT",
          "Only the promotion that made the live model live can be rolled back.",
        );
      await this.#deps.roles.goBack(
        { tx, record, siteId, now, by, reason },
        row.candidate,
        { version: row.replaces, wasOwn: row.replacedOwn ?? false },
        viewer.origin.requestId,
      );
      return {
        state: "ROLLED_BACK",
        rollbackReason: reason,
        rolledBackById: by.id,
        rolledBackByName: by.name,
        rolledBackAt: now,
      };
    });
  }

  /** Every promotion of a site, the newest first. */
  async list(
    viewer: Viewer,
    siteId: string,
    { first, after }: PageRequest,
  ): Promise<Page<PromotionRow>> {
    assertCan(viewer, "model:read", { what: "site", siteId });
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      listPromotions(
        this.#deps.client,
        { AND: [visiblePromotions(viewer), { siteId }] },
        beyond,
        take,
      ),
    );
  }

  /** Whether the viewer may approve this one; the page asks, never guesses. */
  async viewerCanApprove(viewer: Viewer, row: PromotionRow): Promise<boolean> {
    return (
      viewer.kind === "user" &&
      viewer.permissions.has("model:promote") &&
      viewer.siteIds.includes(row.siteId) &&
      row.state === "PROPOSED" &&
      (await dependence(this.#deps.client, viewer, row)) === null
    );
  }

  async #decide(
    viewer: Viewer,
    request: DecideRequest,
    outcome: Outcome,
    decide: (change: {
      tx: Tx;
      record: RecordEvent;
      row: PromotionRow;
      now: Date;
      reason: string;
      by: { id: string; name: string };
    }) => Promise<Parameters<typeof updatePromotion>[2]>,
  ): Promise<PromotionRow> {
    assertUserCan(viewer, "model:promote");
    const reason = requiredReason(request.reason, "input.reason");
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const id = request.promotionId;
      const row = isUuid(id)
        ? await lockPromotion(tx, visiblePromotions(viewer), id)
        : null;
      if (row === null) throw new NotFoundError("promotion");
      const { siteId } = row;
      assertUserCan(viewer, "model:promote", { what: "promotion", siteId });
      const by = { id: viewer.userId, name: viewer.name };
      const now = clock.now();
      const data = await decide({ tx, record, row, now, reason, by });
      const after = await updatePromotion(tx, row.id, data);
      await dropKeptReason(tx, viewer, TYPED[outcome], row.id);
      await tellOfPromotion(tx, after, viewer, now);
      note(record, `promotion.${outcome}`, after, row.state, reason);
      return after;
    });
  }
}

function decidedAlready(): ConflictError {
  return new ConflictError("CONFLICT", "This proposal was decided already.");
}

function note(
  record: RecordEvent,
  type: "promotion.proposed" | `promotion.${Outcome}`,
  row: PromotionRow,
  before: PromotionRow["state"] | null,
  reason: string,
): void {
  record({
    type,
    subject: { type: "promotion", id: row.id },
    siteId: row.siteId,
    patientId: null,
    before: { state: before },
    after: { state: row.state },
    details: {
      ...namesOf(row.candidate, row.replaces),
      reason,
      judgementId: row.judgementId,
      trainedBy: row.trainedBy,
    },
  });
}

function viewerOf(viewer: Viewer): UserViewer {
  if (viewer.kind !== "user") throw new Error("a promotion is a person's act");
  return viewer;
}
