import type { Case, Label, Review, Tx } from "@lung-iris/prisma";
import { assertUserCan, can } from "../../access/authorize.ts";
import { visibleReviews } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { assertFree, assertOpen, assertReadBy } from "../cases/case.rules.ts";
import { AUDITED_COLUMNS } from "../cases/case.service.ts";
import type { CaseService } from "../cases/case.service.ts";
import { checkMarks } from "./marks.ts";
import type { Mark } from "./marks.ts";
import { shownPrediction } from "./shown-prediction.ts";
import { MAX_TEXT, agreement, assertConsistent } from "./review.rules.ts";
import type {
  AiOpinion,
  DecisionInput,
  OverrideReason,
} from "./review.rules.ts";
import {
  filmsOfStudy,
  findReview,
  newestReview,
  predictionFacts,
} from "./review.store.ts";

export interface SignRequest {
  caseId: string;
  caseVersion: number;
  label: Label;
  decision: Review["decision"];
  blindLabel?: Label | null;
  overrideReason?: OverrideReason | null;
  comment?: string | null;
  marks?: readonly Mark[] | null;
  predictionId?: string | null;
}

export interface AmendRequest {
  reviewId: string;
  label: Label;
  decision: Review["decision"];
  overrideReason?: OverrideReason | null;
  comment?: string | null;
  marks?: readonly Mark[] | null;
  amendReason: string;
}

const REVIEW_COLUMNS = [
  "stage",
  "version",
  "label",
  "decision",
  "blindLabel",
  "revealedAt",
  "overrideReason",
  "comment",
  "marks",
  "amendReason",
  "predictionId",
] as const;

export interface ReviewServiceDeps {
  clock: Clock;
  audit: AuditLog;
  cases: CaseService;
}

/** What readers decide. A signed review is never changed, only amended. */
export class ReviewService {
  readonly #deps: ReviewServiceDeps;

  constructor(deps: ReviewServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Signs the viewer's review of a case that the viewer has claimed.
   *
   * @throws CASE_ALREADY_SIGNED, CASE_CLAIMED_BY_ANOTHER, CASE_NOT_CLAIMED,
   *   CASE_CHANGED, PREDICTION_CHANGED, DECISION_MISMATCH,
   *   OVERRIDE_REASON_REQUIRED or BAD_USER_INPUT.
   */
  sign(viewer: Viewer, request: SignRequest): Promise<Review> {
    assertUserCan(viewer, "review:sign");
    const { audit, clock, cases } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await cases.lock(tx, viewer, request.caseId);
      assertUserCan(viewer, "review:sign", { what: "case", ...before });
      assertOpen(before);
      assertFree(before, viewer, clock.now());
      assertReadBy(before, viewer);
      assertVersion(before, request.caseVersion);
      const films = await filmsOfStudy(tx, before.studyId);
      const prediction = shownPrediction(before, films, request.predictionId);
      const decision = decisionOf(request);
      assertConsistent(decision, opinionOf(prediction));
      const earlier = await newestReview(tx, before.id, "PRIMARY");
      const review = await tx.review.create({
        data: {
          ...decision,
          siteId: before.siteId,
          caseId: before.id,
          readerId: viewer.userId,
          stage: "PRIMARY",
          version: (earlier?.version ?? 0) + 1,
          supersedesId: earlier?.id ?? null,
          predictionId: prediction?.id ?? null,
          ...blindOpinion(
            await cases.revealOf(tx, before.id, viewer.userId),
            request.blindLabel,
          ),
          marks: checkMarks(request.marks ?? [], films),
          signedAt: clock.now(),
        },
      });
      const after = await cases.writeDecision(tx, before.id, decidedBy(review));
      record(reviewEvent("review.signed", { before, after, earlier, review }));
      return review;
    });
  }

  /**
   * Adds a version to the viewer's own newest review.
   *
   * @throws NOT_OWN_REVIEW, REVIEW_SUPERSEDED, DECISION_MISMATCH,
   *   OVERRIDE_REASON_REQUIRED or BAD_USER_INPUT.
   */
  amend(viewer: Viewer, request: AmendRequest): Promise<Review> {
    assertUserCan(viewer, "review:amend");
    const amendReason = requiredText(request.amendReason);
    const { audit, clock, cases } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const { earlier, before } = await this.#lockForAmending(
        tx,
        viewer,
        request.reviewId,
      );
      const prediction =
        earlier.predictionId === null
          ? null
          : await predictionFacts(tx, earlier.predictionId);
      const decision = decisionOf(request);
      assertConsistent(decision, opinionOf(prediction));
      const films = await filmsOfStudy(tx, before.studyId);
      const marks = request.marks ?? (earlier.marks as unknown);
      const review = await tx.review.create({
        data: {
          ...decision,
          siteId: earlier.siteId,
          caseId: earlier.caseId,
          readerId: viewer.userId,
          stage: earlier.stage,
          version: earlier.version + 1,
          supersedesId: earlier.id,
          predictionId: earlier.predictionId,
          blindLabel: earlier.blindLabel,
          revealedAt: earlier.revealedAt,
          marks: checkMarks(marks, films),
          amendReason,
          signedAt: clock.now(),
        },
      });
      const after = await cases.writeDecision(tx, before.id, decidedBy(review));
      record(reviewEvent("review.amended", { before, after, earlier, review }));
      return review;
    });
  }

  /** Whether the viewer may amend the case's newest review. */
  canAmend(viewer: Viewer, row: Case, newest: Review | undefined): boolean {
    return (
      viewer.kind === "user" &&
      row.state === "SIGNED" &&
      newest?.readerId === viewer.userId &&
      can(viewer, "review:amend", row.siteId)
    );
  }

  async #lockForAmending(
    tx: Tx,
    viewer: UserViewer,
    reviewId: string,
  ): Promise<{ earlier: Review; before: Case }> {
    const found = isUuid(reviewId)
      ? await findReview(tx, visibleReviews(viewer), reviewId)
      : null;
    if (found === null) throw new NotFoundError("review");
    assertUserCan(viewer, "review:amend", { what: "review", ...found });
    if (found.readerId !== viewer.userId) {
      throw new ConflictError(
        "NOT_OWN_REVIEW",
        "Only the reader who signed a review may amend it.",
      );
    }
    const before = await this.#deps.cases.lock(tx, viewer, found.caseId);
    const newest = await newestReview(tx, found.caseId, found.stage);
    if (newest?.id !== found.id || before.state !== "SIGNED") {
      throw new ConflictError(
        "REVIEW_SUPERSEDED",
        "This review is no longer the newest: load the case again.",
      );
    }
    return { earlier: found, before };
  }
}

function assertVersion(row: Case, seen: number): void {
  if (row.version === seen) return;
  throw new ConflictError(
    "CASE_CHANGED",
    "The case changed while you were reading. Look again, then sign.",
    { details: { version: row.version } },
  );
}

function decisionOf(request: {
  label: Label;
  decision: Review["decision"];
  overrideReason?: OverrideReason | null;
  comment?: string | null;
}): DecisionInput {
  const comment = request.comment?.trim() ?? "";
  return {
    label: request.label,
    decision: request.decision,
    overrideReason: request.overrideReason ?? null,
    comment: comment === "" ? null : comment,
  };
}

function opinionOf(
  prediction: { probability: number | null; threshold: number | null } | null,
): AiOpinion {
  if (prediction === null) return null;
  const { probability, threshold } = prediction;
  if (probability === null || threshold === null) return null;
  return { positive: probability >= threshold };
}

/** What the reader thought before the reveal; what was noted then stands. */
function blindOpinion(
  reveal: { revealedAt: Date; blindLabel: Label | null } | null,
  given: Label | null | undefined,
): { blindLabel: Label | null; revealedAt: Date | null } {
  const noted = reveal?.blindLabel ?? null;
  if (noted !== null && given && given !== noted) {
    throw new BadInputError(
      "The blind opinion was given before the reveal and cannot be changed.",
      ["input.blindLabel"],
    );
  }
  return {
    blindLabel: noted ?? given ?? null,
    revealedAt: reveal?.revealedAt ?? null,
  };
}

function decidedBy(review: Review) {
  return {
    decidedLabel: review.label,
    agreesWithAi: agreement(review.decision),
    signedAt: review.signedAt,
  };
}

function reviewEvent(
  type: "review.signed" | "review.amended",
  change: { before: Case; after: Case; earlier: Review | null; review: Review },
): AuditEventInput {
  const { before, after, earlier, review } = change;
  const ofCase = changesOf(before, after, AUDITED_COLUMNS);
  const ofReview = changesOf(earlier, review, REVIEW_COLUMNS);
  return {
    type,
    siteId: before.siteId,
    patientId: before.patientId,
    subject: { type: "review", id: review.id },
    before: { case: ofCase.before, review: ofReview.before },
    after: { case: ofCase.after, review: ofReview.after },
    details: { caseId: before.id, supersedesId: earlier?.id ?? null },
  };
}

function requiredText(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > MAX_TEXT) {
    throw new BadInputError(
      `Say why the review is amended, in at most ${String(MAX_TEXT)} characters.`,
      ["input.amendReason"],
    );
  }
  return trimmed;
}
