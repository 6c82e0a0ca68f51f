import { ConflictError } from "../../errors.ts";
import {
  awaitsRetake,
  claimedByAnother,
  holdsLease,
  notClaimed,
  step,
} from "./case.transition.ts";
import type {
  CaseCommand,
  CaseStatus,
  CommandKind,
  SignedDecision,
  Transition,
  TransitionColumns,
} from "./case.transition.ts";
import { amendBesideSecond, secondAfterFirst } from "./second-read.machine.ts";

/** Cells of the machine (case.machine.ts) that give out, sign and amend reports. */

type Of<Kind extends CommandKind> = Extract<CaseCommand, { kind: Kind }>;

/** A report before the signature: the holder goes on reading. */
export function issuePreliminary(
  now: CaseStatus,
  command: Of<"issue-preliminary">,
): Transition {
  if (now.claimedById !== command.readerId) notClaimed();
  return step("case.preliminary-issued", {
    columns: { preliminaryAt: command.now, claimExpiresAt: command.until },
    reading: "renew",
    raisesVersion: false,
  });
}

export function sign(now: CaseStatus, command: Of<"sign">): Transition {
  if (now.claimedById !== command.readerId) {
    if (holdsLease(now, command.now)) claimedByAnother(now);
    notClaimed();
  }
  return step("reading.signed", {
    columns: signedColumns(command),
    reading: "sign",
    notice: "SIGNED",
  });
}

/** Needs no claim; what somebody has begun to say anew ends with it. */
export function restore(now: CaseStatus, command: Of<"restore">): Transition {
  const isMine = now.claimedById === command.readerId;
  if (!isMine && holdsLease(now, command.now)) claimedByAnother(now);
  return step("reading.restored", {
    columns: signedColumns(command),
    reading: now.state === "READING" ? "end" : "none",
    notice: "SIGNED",
  });
}

function signedColumns({
  decision,
  secondReasons = [],
  now,
}: Of<"sign" | "restore">): TransitionColumns {
  return {
    ...decided(decision),
    ...retakeOf(null, decision),
    state: "SIGNED",
    claimedById: null,
    claimExpiresAt: null,
    preliminaryAt: null,
    reopenedAt: null,
    ...secondAfterFirst(secondReasons, now),
  };
}

export function amend(now: CaseStatus, command: Of<"amend">): Transition {
  const { decision } = command;
  return step("reading.amended", {
    columns: {
      ...decided(decision),
      ...retakeOf(now, decision),
      ...amendBesideSecond(now, command),
    },
    notice: "SIGNED",
    // Who reads it further is blind to it, and not asked to look again.
    raisesVersion: now.secondReaderId === null,
  });
}

function decided(decision: SignedDecision): TransitionColumns {
  const { decidedLabel, agreesWithAi, signedAt } = decision;
  return { decidedLabel, agreesWithAi, signedAt };
}

/** What a signature asks of the sender; an amendment asks no second time. */
function retakeOf(
  before: CaseStatus | null,
  { retakeReason, signedAt }: SignedDecision,
): TransitionColumns {
  if (retakeReason === null) {
    return { retakeReason, retakeAskedAt: null, retakeDoneAt: null };
  }
  if (before !== null && before.retakeAskedAt !== null) return { retakeReason };
  return { retakeReason, retakeAskedAt: signedAt, retakeDoneAt: null };
}

export function endRetake(
  now: CaseStatus,
  command: Of<"end-retake">,
): Transition {
  if (!awaitsRetake(now)) noRetake();
  return step("case.retake-ended", { columns: { retakeDoneAt: command.now } });
}

export function noRetake(): never {
  throw new ConflictError(
    "RETAKE_NOT_ASKED",
    "No film is asked for, or it has come already.",
  );
}
