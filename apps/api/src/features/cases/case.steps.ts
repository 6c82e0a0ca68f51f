import { ConflictError } from "../../errors.ts";
import type {
  CaseStatus,
  Transition,
  TransitionEvent,
} from "./case.transition.ts";

/** What the machine's cells are made of: steps and refusals. */

export function step(
  event: TransitionEvent,
  rest: Partial<Omit<Transition, "event">> = {},
): Transition {
  return {
    event,
    columns: {},
    reading: "none",
    stage: "PRIMARY",
    notice: "CHANGED",
    raisesVersion: true,
    ...rest,
  };
}

/** Refuses work on a case that is done. */
export function done(): never {
  throw new ConflictError(
    "CASE_ALREADY_SIGNED",
    "This case is signed. Amend the reading to change it.",
  );
}

export function notHeld(): never {
  return notClaimed();
}

export function notClaimed(): never {
  throw new ConflictError(
    "CASE_NOT_CLAIMED",
    "Claim this case first: you are not reading it.",
  );
}

export function beingRead(now: CaseStatus): never {
  return claimedByAnother(now);
}

export function claimedByAnother({
  claimExpiresAt,
}: Pick<CaseStatus, "claimExpiresAt">): never {
  throw new ConflictError(
    "CASE_CLAIMED_BY_ANOTHER",
    "Somebody else is reading this case.",
    { details: { claimExpiresAt: claimExpiresAt?.toISOString() ?? "" } },
  );
}

export function reopened(): never {
  throw new ConflictError(
    "READING_SUPERSEDED",
    "This reading no longer stands: the case was opened again. Load it anew.",
  );
}
