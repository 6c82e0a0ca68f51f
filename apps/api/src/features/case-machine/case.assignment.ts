import { ConflictError } from "../../errors.ts";
import { step } from "./case.transition.ts";
import type {
  Assignment,
  CaseCommand,
  CaseStatus,
  Transition,
  TransitionColumns,
} from "./case.transition.ts";

/** Cells of the case's machine about who should read it. */

/** The columns of a case that is given to somebody, or to nobody. */
export function assignedTo(
  { assigneeId, poolId, rule }: Assignment,
  now: Date,
): TransitionColumns {
  const isGiven = assigneeId !== null || poolId !== null;
  return {
    assigneeId,
    poolId,
    assignedAt: isGiven ? now : null,
    assignmentRule: isGiven ? rule : null,
  };
}

export function assign(
  _now: CaseStatus,
  command: Extract<CaseCommand, { kind: "assign" }>,
): Transition {
  return step("case.assigned", {
    columns: assignedTo(command, command.now),
    notice: "ASSIGNED",
  });
}

/** From a reader to the pool that he was chosen from, from a pool to all. */
export function lapse(
  { assigneeId, poolId }: CaseStatus,
  { now }: Extract<CaseCommand, { kind: "lapse" }>,
): Transition {
  if (assigneeId === null && poolId === null) {
    throw new ConflictError(
      "NOT_ASSIGNED",
      "This case is given to nobody: there is nothing to fall back from.",
    );
  }
  const rest = assigneeId === null ? null : poolId;
  return step("case.assignment-lapsed", {
    columns: {
      assigneeId: null,
      poolId: rest,
      assignedAt: rest === null ? null : now,
      // Whose rule it was stays said while its pool has the case.
      ...(rest === null ? { assignmentRule: null } : {}),
    },
    notice: "ASSIGNED",
  });
}

/** Once for a reading: who adds to it says so in a comment. */
export function escalate(
  { escalatedAt }: CaseStatus,
  { now, reason }: Extract<CaseCommand, { kind: "escalate" }>,
): Transition {
  if (escalatedAt !== null) {
    throw new ConflictError(
      "CASE_ESCALATED",
      "Somebody has asked already for this case to be read now.",
    );
  }
  return step("case.escalated", {
    columns: { escalatedAt: now, escalateReason: reason },
  });
}
