import type { Case, CriticalResult, Tx } from "@lung-iris/prisma";
import type { UserViewer } from "../../access/viewer.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { ConflictError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import { notify } from "../../platform/notifications.ts";
import {
  beginProcedures,
  followCritical,
} from "../procedures/begin-procedures.ts";
import type { CriticalOutcome } from "../procedures/begin-procedures.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import { tellPeople } from "../inbox/tell-people.ts";
import { staffOf } from "../users/site-staff.reads.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { checkMark } from "./critical-result.rules.ts";
import type { CriticalMark } from "./critical-result.rules.ts";
import {
  insertResult,
  openOfCase,
  updateResult,
} from "./critical-result.store.ts";

/** What of a result stands in before and after. */
const COLUMNS = [
  "state",
  "finding",
  "reason",
  "dueAt",
  "escalatedAt",
  "toldTo",
  "toldUserId",
  "way",
  "toldAt",
  "readBack",
  "readBackBy",
  "acknowledgedAt",
  "withdrawnAt",
  "withdrawReason",
] as const satisfies readonly (keyof CriticalResult)[];

type StepType =
  | "critical.told"
  | "critical.acknowledged"
  | "critical.withdrawn"
  | "critical.escalated";

/** Changes of critical results in the caller's transaction, each with its event. */
export class CriticalResultCommands {
  readonly #clock: Clock;
  readonly #policies: SitePolicies;

  constructor(deps: { clock: Clock; policies: SitePolicies }) {
    this.#clock = deps.clock;
    this.#policies = deps.policies;
  }

  /**
   * Marks what was signed. The case is locked by the caller.
   *
   * @throws CRITICAL_OPEN where one of the case is open, or BAD_USER_INPUT.
   */
  async mark(
    tx: Tx,
    record: RecordEvent,
    viewer: UserViewer,
    of: { row: Case; versionId: string; mark: CriticalMark },
  ): Promise<CriticalResult> {
    const { row, versionId } = of;
    const mark = checkMark(of.mark);
    if ((await openOfCase(tx, row.id)) !== null) {
      throw new ConflictError(
        "CRITICAL_OPEN",
        "This case has an open critical result already.",
      );
    }
    const now = this.#clock.now();
    const { document } = await this.#policies.inForce(tx, row.siteId);
    const made = await insertResult(tx, {
      id: newId(now),
      siteId: row.siteId,
      caseId: row.id,
      versionId,
      ...mark,
      markedById: viewer.userId,
      markedByName: viewer.name,
      markedAt: now,
      dueAt: addSeconds(now, document.critical.minutes * 60),
    });
    record({
      type: "critical.marked",
      ...subjectOf(made, row.patientId),
      ...changesOf(null, made, COLUMNS),
      details: { caseId: row.id },
    });
    await tell(tx, made);
    await dropKeptText(tx, viewer, "CRITICAL_MARK", row.id);
    await followCritical(tx, record, row, { kind: "marked", at: now });
    await beginProcedures(tx, record, row, ["CRITICAL"], now);
    return made;
  }

  /** Writes one step of an open result. */
  async step(
    tx: Tx,
    record: RecordEvent,
    before: CriticalResult,
    type: StepType,
    change: Parameters<typeof updateResult>[2],
  ): Promise<CriticalResult> {
    const after = await updateResult(tx, before.id, change);
    const row = await tx.case.findUniqueOrThrow({
      where: { id: before.caseId },
      select: { id: true, siteId: true, urgency: true, patientId: true },
    });
    const { patientId } = row;
    record({
      type,
      ...subjectOf(before, patientId),
      ...changesOf(before, after, COLUMNS),
      details: { caseId: before.caseId },
    });
    await tell(tx, after);
    await this.#tellWhoMustAct(tx, row, type, after);
    const outcome = outcomeOf(after);
    if (outcome !== null) {
      const of = { id: before.caseId, patientId };
      await followCritical(tx, record, of, outcome);
    }
    return after;
  }

  /**
   * Who was told in the page, that it waits there; of one that is overdue also
   * who marked it, and the staff, who have a telephone.
   */
  async #tellWhoMustAct(
    tx: Tx,
    row: Pick<Case, "id" | "siteId" | "urgency">,
    type: StepType,
    result: CriticalResult,
  ): Promise<void> {
    const { toldUserId, markedById, toldById, toldByName } = result;
    const told = toldUserId === null ? [] : [toldUserId];
    const now = this.#clock.now();
    if (type === "critical.told" && told.length > 0) {
      const actor = { userId: toldById, name: toldByName ?? "" };
      const who = { kind: "CRITICAL" as const, userIds: told, actor, now };
      await tellPeople(tx, { row, ...who });
    }
    if (type !== "critical.escalated") return;
    const staff = await staffOf(tx, row.siteId);
    await tellPeople(tx, {
      row,
      kind: "CRITICAL",
      userIds: [...told, markedById, ...staff],
      actor: { userId: null, name: "critical-keeper" },
      now,
    });
  }
}

/** What procedures that wait for the result are told; null while it is open. */
function outcomeOf(result: CriticalResult): CriticalOutcome | null {
  if (result.state === "WITHDRAWN") return { kind: "withdrawn" };
  const { acknowledgedAt, acknowledgedById, acknowledgedByName } = result;
  if (acknowledgedAt === null || acknowledgedByName === null) return null;
  return {
    kind: "read-back",
    at: acknowledgedAt,
    byId: acknowledgedById,
    byName: acknowledgedByName,
  };
}

function subjectOf({ id, siteId }: CriticalResult, patientId: string) {
  return {
    siteId,
    patientId,
    subject: { type: "critical-result" as const, id },
  };
}

function tell(tx: Tx, { caseId, siteId }: CriticalResult): Promise<void> {
  return notify(tx, { topic: "case", kind: "CRITICAL", caseId, siteId });
}
