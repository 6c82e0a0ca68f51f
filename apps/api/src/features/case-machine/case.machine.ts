import { ConflictError } from "../../errors.ts";
import type {
  CaseStateName,
  CaseStatus,
  CaseCommand,
  CommandKind,
  TransitionColumns,
  Transition,
} from "./case.transition.ts";
import {
  beingRead,
  claimedByAnother,
  done,
  holdsLease,
  notClaimed,
  notHeld,
  reopened,
  step,
} from "./case.transition.ts";
import { assign, escalate, lapse } from "./case.assignment.ts";
import {
  addFilm,
  empty,
  OF_ANY_CASE,
  loseFilm,
  loseSignedFilm,
  refill,
  reopen,
  turnFilm,
  turnSignedFilm,
} from "./case.films.ts";
import {
  giveDraft,
  leaveDraft,
  takeBackDraft,
  takeDraft,
} from "./given-draft.machine.ts";
import {
  amend,
  endRetake,
  issuePreliminary,
  noRetake,
  restore,
  sign,
} from "./case.signing.ts";
import {
  claimSecond,
  expireSecond,
  heldSecond,
  releaseSecond,
  requestSecond,
  revealSecond,
  showFirst,
  signSecond,
  takeOverSecond,
} from "./second-read.machine.ts";

/**
 * The case as a state machine: state × command → new state, event, notice.
 * Pure: no clock, no database; every cell of the table is a row of its test.
 * What a command may do at all (permissions, versions, what a decision must
 * say) is asked before; here stands only what the state allows.
 */

const RELEASED = {
  state: "WAITING",
  claimedById: null,
  claimExpiresAt: null,
} as const satisfies TransitionColumns;

type Of<Kind extends CommandKind> = Extract<CaseCommand, { kind: Kind }>;
type Cell<Kind extends CommandKind> = (
  now: CaseStatus,
  command: Of<Kind>,
) => Transition;

/** Of a case without films little can be asked: see case.films.ts. */
type FilledState = Exclude<CaseStateName, "EMPTY">;

/** A row a command, a column a state: what follows, or why it is refused. */
const TABLE: {
  readonly [Kind in CommandKind]: Readonly<Record<FilledState, Cell<Kind>>>;
} = {
  "add-film": {
    WAITING: addFilm,
    READING: addFilm,
    SIGNED: reopen,
  },
  "lose-film": {
    WAITING: loseFilm,
    READING: loseFilm,
    SIGNED: loseSignedFilm,
  },
  "turn-film": {
    WAITING: turnFilm,
    READING: turnFilm,
    SIGNED: turnSignedFilm,
  },
  "end-retake": {
    WAITING: noRetake,
    READING: noRetake,
    SIGNED: endRetake,
  },
  place: { WAITING: place, READING: place, SIGNED: place },
  raise: { WAITING: raise, READING: beingRead, SIGNED: done },
  claim: {
    WAITING: claim,
    READING: claimHeld,
    SIGNED: claimSecond,
  },
  "take-over": {
    WAITING: claim,
    READING: takeOver,
    SIGNED: takeOverSecond,
  },
  release: {
    WAITING: notHeld,
    READING: release,
    SIGNED: releaseSecond,
  },
  expire: {
    WAITING: notHeld,
    READING: expire,
    SIGNED: expireSecond,
  },
  "record-opinion": {
    WAITING: notHeld,
    READING: held("reading.opinion-recorded"),
    SIGNED: heldSecond("reading.opinion-recorded"),
  },
  "save-draft": {
    WAITING: notHeld,
    READING: held("reading.draft-saved"),
    SIGNED: heldSecond("reading.draft-saved"),
  },
  "give-draft": { WAITING: giveDraft, READING: giveDraft, SIGNED: done },
  "take-back-draft": {
    WAITING: takeBackDraft,
    READING: takeBackDraft,
    SIGNED: done,
  },
  "take-draft": { WAITING: notHeld, READING: takeDraft, SIGNED: done },
  "leave-draft": { WAITING: notHeld, READING: leaveDraft, SIGNED: done },
  "issue-preliminary": {
    WAITING: notHeld,
    READING: issuePreliminary,
    SIGNED: done,
  },
  reveal: {
    WAITING: notHeld,
    READING: reveal,
    SIGNED: revealSecond,
  },
  sign: { WAITING: notHeld, READING: sign, SIGNED: signSecond },
  amend: { WAITING: reopened, READING: reopened, SIGNED: amend },
  restore: { WAITING: restore, READING: restore, SIGNED: done },
  "request-second": {
    WAITING: notSigned,
    READING: notSigned,
    SIGNED: requestSecond,
  },
  "show-first": {
    WAITING: notSigned,
    READING: notSigned,
    SIGNED: showFirst,
  },
  assign: { WAITING: assign, READING: assign, SIGNED: done },
  escalate: {
    WAITING: escalate,
    READING: escalate,
    SIGNED: done,
  },
  lapse: { WAITING: lapse, READING: beingRead, SIGNED: done },
  "ask-again": {
    WAITING: askAgain,
    READING: askAgain,
    SIGNED: done,
  },
  rename: { WAITING: rename, READING: rename, SIGNED: rename },
  move: { WAITING: move, READING: move, SIGNED: move },
  correct: {
    WAITING: correct,
    READING: correct,
    SIGNED: correct,
  },
};

/**
 * What follows from a command.
 *
 * @throws ConflictError with the code of the rule that refuses:
 *   CASE_ALREADY_SIGNED, CASE_NOT_CLAIMED, CASE_CLAIMED_BY_ANOTHER,
 *   LEASE_RUNS, NOT_ASSIGNED, CASE_ESCALATED, CASE_EMPTY, ASSESSMENT_PENDING, AI_CLOSED, RETAKE_NOT_ASKED,
 *   SECOND_READ_BARRED, SENIOR_REQUIRED, SECOND_READ_EXISTS, CASE_NOT_SIGNED,
 *   NO_DRAFT, NOT_THE_HOLDER, DRAFT_GIVEN, DRAFT_NOT_GIVEN or READING_SUPERSEDED.
 */
export function transition(now: CaseStatus, command: CaseCommand): Transition {
  // The row is the command's own, which a lookup by a union cannot say.
  const row = TABLE[command.kind] as Record<FilledState, Cell<CommandKind>>;
  if (now.state !== "EMPTY") return row[now.state](now, command);
  if (command.kind === "add-film") return refill(now, command);
  if (!OF_ANY_CASE.includes(command.kind)) return empty();
  return row.WAITING(now, command);
}

function place(
  _now: CaseStatus,
  { cause, isSamePlace }: Of<"place">,
): Transition {
  const events = {
    assessed: "case.placed",
    corrected: "case.placed",
    policy: "case.placed",
    "asked-again": "case.reassessed",
    failed: "case.not-assessed",
  } as const;
  const isAnswer = cause !== "corrected" && cause !== "policy";
  if (isSamePlace) {
    return step(events[cause], { notice: null, raisesVersion: false });
  }
  return step(events[cause], { notice: isAnswer ? "ASSESSED" : "CHANGED" });
}

function raise(): Transition {
  return step("case.raised");
}

function claim(
  _now: CaseStatus,
  { readerId, until }: Of<"claim"> | Of<"take-over">,
): Transition {
  return step("case.claimed", {
    columns: {
      state: "READING",
      claimedById: readerId,
      claimExpiresAt: until,
    },
    reading: "begin",
    notice: "CLAIMED",
  });
}

/** The reader's own again, or somebody's whose lease has run out. */
function claimHeld(now: CaseStatus, command: Of<"claim">): Transition {
  if (now.claimedById === command.readerId) {
    return step("case.lease-renewed", {
      columns: { claimExpiresAt: command.until },
      reading: "renew",
      notice: "CLAIMED",
    });
  }
  if (holdsLease(now, command.now)) claimedByAnother(now);
  return { ...claim(now, command), reading: "hand-over" };
}

function takeOver(now: CaseStatus, command: Of<"take-over">): Transition {
  if (now.claimedById === command.readerId) {
    return claimHeld(now, { ...command, kind: "claim" });
  }
  return {
    ...claim(now, command),
    event: "case.taken-over",
    reading: "hand-over",
  };
}

function release(now: CaseStatus, { readerId }: Of<"release">): Transition {
  if (now.claimedById !== readerId) notClaimed();
  return step("case.released", {
    columns: RELEASED,
    reading: "end",
    notice: "RELEASED",
  });
}

function expire(now: CaseStatus, command: Of<"expire">): Transition {
  if (holdsLease(now, command.now)) {
    throw new ConflictError("LEASE_RUNS", "The lease has not run out.");
  }
  return step("case.released", {
    columns: RELEASED,
    reading: "end",
    notice: "RELEASED",
  });
}

/** Work of the holder on his reading, which renews the lease. */
function held(event: "reading.opinion-recorded" | "reading.draft-saved") {
  return (
    now: CaseStatus,
    { readerId, until }: Of<"record-opinion"> | Of<"save-draft">,
  ): Transition => {
    if (now.claimedById !== readerId) notClaimed();
    return step(event, {
      columns: { claimExpiresAt: until },
      reading: "renew",
      notice: null,
      raisesVersion: false,
    });
  };
}

function reveal(now: CaseStatus, command: Of<"reveal">): Transition {
  if (now.claimedById !== command.readerId) notClaimed();
  if (now.isControl) {
    throw new ConflictError(
      "AI_CLOSED",
      "This case is read without the AI, which opens when it is signed.",
    );
  }
  return step("case.prediction-revealed", {
    columns: { claimExpiresAt: command.until },
    reading: "renew",
    notice: null,
    raisesVersion: false,
  });
}

function notSigned(): never {
  throw new ConflictError(
    "CASE_NOT_SIGNED",
    "This case is not signed: there is no first reading yet.",
  );
}

function askAgain({ assessment }: CaseStatus): Transition {
  if (assessment === "PENDING") {
    throw new ConflictError(
      "ASSESSMENT_PENDING",
      "The AI is still working on this case.",
    );
  }
  return step("case.reassess-requested", {
    columns: { assessment: "PENDING", notAssessedReason: null },
  });
}

function rename(): Transition {
  return step("case.renamed");
}

function move(): Transition {
  return step("case.moved");
}

function correct(): Transition {
  return step("case.corrected");
}
