import type {
  DatabaseClient,
  Prisma,
  ProcedureStep,
  Tx,
} from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, assertUserCan, can } from "../../access/authorize.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { inBatches } from "../../audit/in-batches.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import { tellPeople } from "../inbox/tell-people.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { stepEvent } from "./procedure-step-event.ts";
import { checkAnswer, requiredReason } from "./procedure.rules.ts";
import { shownSteps } from "./procedure.scope.ts";
import {
  countSteps,
  findOpenSteps,
  lockStep,
  lockUnescalatedSteps,
  peopleOfStep,
  planOf,
  updateStep,
} from "./procedure.store.ts";
import type { AdherenceRow } from "./procedure.store.ts";

export type { AdherenceRow } from "./procedure.store.ts";

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Longest time that adherence is counted over, in days. */
const MAX_DAYS = 90;

export interface StepList {
  siteId: string | null;
  /** Of the viewer's role alone. */
  isMine: boolean;
  isOverdue: boolean;
}

/** The steps of running procedures: listed, done, corrected and counted. */
export class ProcedureStepService {
  readonly #deps: {
    client: DatabaseClient;
    audit: AuditLog;
    clock: Clock;
    policies: SitePolicies;
  };

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    clock: Clock;
    policies: SitePolicies;
  }) {
    this.#deps = deps;
  }

  /** Open steps at the viewer's sites, the longest overdue first. */
  async list(
    viewer: Viewer,
    { siteId, isMine, isOverdue }: StepList,
    { first, after }: PageRequest,
  ): Promise<Page<ProcedureStep>> {
    assertCan(viewer, "procedure:read");
    if (siteId !== null && !isUuid(siteId)) throw new NotFoundError("site");
    const { client, clock, policies } = this.#deps;
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const asked: Prisma.ProcedureStepWhereInput = {
      ...(siteId === null ? {} : { siteId }),
      ...(isMine && viewer.kind === "user" ? { role: viewer.role } : {}),
      ...(isOverdue ? { dueAt: { lte: clock.now() } } : {}),
    };
    const rows = await findOpenSteps(
      client,
      { AND: [await shownSteps(viewer, policies), asked] },
      cursor && { dueAt: new Date(cursor[0]), id: cursor[1] },
      size + 1,
    );
    return toPage(rows, size, after, ({ dueAt, id }) =>
      encodeCursor([dueAt.toISOString(), id]),
    );
  }

  /**
   * Says with evidence that a step is done.
   *
   * @throws NOT_FOUND, STEP_NOT_YOURS, STEP_CLOSED or BAD_USER_INPUT.
   */
  complete(viewer: Viewer, id: string, said: string): Promise<ProcedureStep> {
    return this.#change(viewer, id, async (tx, before, who) => {
      if (before.state !== "OPEN")
        throw new ConflictError("STEP_CLOSED", "This step is done already.");
      const { evidence } = await planOf(tx, before);
      return {
        type: "procedure.step-done",
        change: {
          state: "DONE",
          answer: checkAnswer(evidence, said),
          doneAt: this.#deps.clock.now(),
          doneById: who.userId,
          doneByName: who.name,
        },
      };
    });
  }

  /**
   * Corrects what was said of a step. What was before stands in the trail.
   *
   * @throws NOT_FOUND, STEP_NOT_YOURS, STEP_OPEN, STEP_SAME or BAD_USER_INPUT.
   */
  correct(
    viewer: Viewer,
    id: string,
    said: string,
    why: string,
  ): Promise<ProcedureStep> {
    const correctReason = requiredReason(why, "reason");
    return this.#change(viewer, id, async (tx, before, who) => {
      if (before.state !== "DONE")
        throw new ConflictError("STEP_OPEN", "This step is not done.");
      const { evidence } = await planOf(tx, before);
      const answer = checkAnswer(evidence, said);
      if (answer === before.answer)
        throw new ConflictError("STEP_SAME", "That is what was said already.");
      return {
        type: "procedure.step-corrected",
        change: {
          answer,
          correctReason,
          correctedAt: this.#deps.clock.now(),
          correctedByName: who.name,
        },
      };
    });
  }

  /** How steps were done at a site whose procedures began in the last days. */
  async adherence(
    viewer: Viewer,
    siteId: string,
    days: number,
  ): Promise<AdherenceRow[]> {
    assertCan(viewer, "procedure:read", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    const { client, clock, policies } = this.#deps;
    const now = clock.now();
    const since = addSeconds(
      now,
      -86_400 * Math.max(1, Math.min(days, MAX_DAYS)),
    );
    const scope = await shownSteps(viewer, policies);
    return countSteps(client, scope, { siteId, since, now });
  }

  /** Whether the viewer may do the step now. */
  canComplete(viewer: Viewer, step: ProcedureStep): boolean {
    return step.state === "OPEN" && this.#isFor(viewer, step);
  }

  /** Whether the viewer may correct what was said of the step. */
  canCorrect(viewer: Viewer, step: ProcedureStep): boolean {
    return step.state === "DONE" && this.#isFor(viewer, step);
  }

  #isFor(viewer: Viewer, step: ProcedureStep): boolean {
    return (
      !step.isReadBack &&
      viewer.kind === "user" &&
      viewer.role === step.role &&
      can(viewer, "procedure:do", step.siteId)
    );
  }

  #change(
    viewer: Viewer,
    id: string,
    next: (
      tx: Tx,
      before: ProcedureStep,
      who: UserViewer,
    ) => Promise<{
      type: "procedure.step-done" | "procedure.step-corrected";
      change: Parameters<typeof updateStep>[2];
    }>,
  ): Promise<ProcedureStep> {
    assertUserCan(viewer, "procedure:do");
    const { audit, policies } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const scope = await shownSteps(viewer, policies);
      const before = isUuid(id) ? await lockStep(tx, scope, id) : null;
      if (before === null) throw new NotFoundError("procedure step");
      assertUserCan(viewer, "procedure:do", { what: "step", ...before });
      if (before.isReadBack || before.role !== viewer.role)
        throw new ConflictError(
          "STEP_NOT_YOURS",
          before.isReadBack
            ? "This step is done when the critical result is read back."
            : "This step is for another role.",
        );
      const { type, change } = await next(tx, before, viewer);
      await dropKeptText(tx, viewer, "STEP_CORRECTION", before.id);
      return writeStep(tx, record, before, { type, change });
    });
  }
}

/** Writes one change of a step with its event. */
export async function writeStep(
  tx: Tx,
  record: RecordEvent,
  before: ProcedureStep,
  of: {
    type: Parameters<typeof stepEvent>[0];
    change: Parameters<typeof updateStep>[2];
  },
): Promise<ProcedureStep> {
  const after = await updateStep(tx, before.id, of.change);
  const { patientId } = await tx.case.findUniqueOrThrow({
    where: { id: before.caseId },
    select: { patientId: true },
  });
  record(stepEvent(of.type, patientId, before, after));
  return after;
}

/**
 * Says of steps that nobody did in time that they are overdue, once and on
 * record, and tells whose they are. A read-back is escalated by its critical
 * result. How many.
 */
export function escalateSteps(audit: AuditLog, clock: Clock): Promise<number> {
  return inBatches(audit, "procedure-keeper", async (tx, record, limit) => {
    const now = clock.now();
    const due = await lockUnescalatedSteps(tx, now, limit);
    for (const before of due) {
      const type = "procedure.step-escalated";
      await writeStep(tx, record, before, {
        type,
        change: { escalatedAt: now },
      });
      const row = await tx.case.findUniqueOrThrow({
        where: { id: before.caseId },
        select: { id: true, siteId: true, urgency: true },
      });
      await tellPeople(tx, {
        row,
        kind: "PROCEDURE",
        userIds: await peopleOfStep(tx, before),
        actor: { userId: null, name: "procedure-keeper" },
        now,
      });
    }
    return due.length;
  });
}
