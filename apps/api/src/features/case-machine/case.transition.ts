import type { Case, ReadingStage } from "@lung-iris/prisma";
import { ConflictError } from "../../errors.ts";
import type { CaseChangeKind } from "../../platform/notifications.ts";

/** What the case's machine is asked and answers; case.machine.ts decides. */

export type CaseStateName = "WAITING" | "READING" | "SIGNED" | "EMPTY";
export type LabelName = "NORMAL" | "PNEUMONIA" | "OTHER" | "NOT_DIAGNOSTIC";

/** What the machine looks at of a case. */
export interface CaseStatus {
  state: CaseStateName;
  /** Who holds the lease; null while nobody does. */
  claimedById: string | null;
  claimExpiresAt: Date | null;
  assigneeId: string | null;
  poolId: string | null;
  escalatedAt: Date | null;
  assessment: "PENDING" | "ASSESSED" | "NOT_ASSESSED";
  isControl: boolean;
  /** When another film was asked for; null where none was. */
  retakeAskedAt: Date | null;
  retakeDoneAt: Date | null;
  /** The reading beside the signed one; null where none is asked for. */
  secondRead: SecondReadName | null;
  secondReaderId: string | null;
  secondReadUntil: Date | null;
}

export type SecondReadName =
  | "SECOND_DUE"
  | "SECOND_READING"
  | "ADJUDICATION_DUE"
  | "ADJUDICATION_READING"
  | "AGREED"
  | "ADJUDICATED";

/** Why somebody may not do the further reading that a case waits for. */
export type SecondReadBar =
  "HAS_READ" | "SAW_FIRST" | "WAS_TOLD" | "SAW_AI" | "NOT_SENIOR";

/** What a signature writes on the case. */
export interface SignedDecision {
  decidedLabel: LabelName;
  /** Null where there was no answer of the AI to agree with. */
  agreesWithAi: boolean | null;
  signedAt: Date;
  /** Why another film is asked for; null where none is. */
  retakeReason: string | null;
}

/** What is asked of a case, by whom and with what. */
export type CaseCommand =
  /** Another film of its study came in; `signerId` signed what stands. */
  | { kind: "add-film"; now: Date; signerId: string | null }
  /**
   * A film of its study was moved or removed; `isLast`: no other is left.
   */
  | {
      kind: "lose-film";
      now: Date;
      signerId: string | null;
      isLast: boolean;
    }
  /**
   * A film of its study lies otherwise now, or is another view.
   * `isAskedAgain`: by that the AI's answer is another; `isReadAgain`: what
   * was signed of sides is.
   */
  | {
      kind: "turn-film";
      now: Date;
      signerId: string | null;
      isAskedAgain: boolean;
      isReadAgain: boolean;
    }
  /** The film that was asked for came, or will not. */
  | { kind: "end-retake"; now: Date }
  /** A new place on the worklist, decided by the urgency rules. */
  | {
      kind: "place";
      cause: PlaceCause;
      /** Only which policy placed it changes. */
      isSamePlace: boolean;
    }
  | { kind: "raise" }
  | {
      kind: "claim";
      readerId: string;
      now: Date;
      until: Date;
      /** Of a signed case: what keeps the reader from reading it further. */
      bar?: SecondReadBar | null;
    }
  | {
      kind: "take-over";
      readerId: string;
      now: Date;
      until: Date;
      /** As of a claim. */
      bar?: SecondReadBar | null;
    }
  | { kind: "release"; readerId: string }
  | { kind: "expire"; now: Date }
  | { kind: "record-opinion"; readerId: string; until: Date }
  | { kind: "save-draft"; readerId: string; until: Date }
  /** Who lost the case gives what he typed to who has it now. */
  | {
      kind: "give-draft";
      readerId: string;
      toId: string;
      draft: KeptDraft | null;
    }
  | { kind: "take-back-draft"; readerId: string; draft: KeptDraft | null }
  /** `readerId`: whose draft it is; `takerId`: who takes it. */
  | {
      kind: "take-draft";
      readerId: string;
      takerId: string;
      draft: KeptDraft | null;
    }
  /** `readerId`: whose draft it is; `leaverId`: who does without it. */
  | {
      kind: "leave-draft";
      readerId: string;
      leaverId: string;
      draft: KeptDraft | null;
    }
  /** A report is given out that is not signed. */
  | { kind: "issue-preliminary"; readerId: string; now: Date; until: Date }
  | {
      kind: "reveal";
      readerId: string;
      until: Date;
      /** The site's second readers are blind to the AI. */
      isClosedToSecond?: boolean;
    }
  | {
      kind: "sign";
      readerId: string;
      now: Date;
      decision: SignedDecision;
      /** Of a first reading: which rules ask for a second one. */
      secondReasons?: readonly string[];
      /** Of a second reading: whether it says what the first one says. */
      agrees?: boolean;
      /** Of a further reading: what came to keep the reader from it since. */
      bar?: SecondReadBar | null;
    }
  | {
      kind: "amend";
      decision: SignedDecision;
      /** Whether it now says what the signed second reading says. */
      agrees?: boolean;
    }
  /** The signer signs again what a correction took that was undone since. */
  | {
      kind: "restore";
      readerId: string;
      now: Date;
      decision: SignedDecision;
      /** As of a signature. */
      secondReasons: readonly string[];
    }
  /** Somebody wants a second reading of a signed case. */
  | { kind: "request-second"; now: Date }
  /** Somebody who could read it a second time looks at the first instead. */
  | { kind: "show-first"; readerId: string }
  | ({ kind: "assign"; now: Date } & Assignment)
  /** What it was given to did not take it: it falls back. */
  | { kind: "lapse"; now: Date }
  /** Somebody wants it read now. */
  | { kind: "escalate"; now: Date; reason: string }
  | { kind: "ask-again" }
  /** The patient's name or number was corrected on the case. */
  | { kind: "rename" }
  /** The study turned out to be another patient's. */
  | { kind: "move" }
  /** Something else of study or patient was corrected. */
  | { kind: "correct" };

/** What the machine looks at of a draft of a first reading. */
export interface KeptDraft {
  /** To whom its author gave it; null while it is his alone. */
  givenToId: string | null;
  /** Who was given it said that he does without. */
  isLeft: boolean;
}

/** Who is given a case: a reader, a pool, a reader out of a pool, nobody. */
export interface Assignment {
  assigneeId: string | null;
  poolId: string | null;
  /** Name of the policy's rule; null where somebody does it. */
  rule: string | null;
}

/** Why a case gets a new place. */
export type PlaceCause =
  "assessed" | "asked-again" | "failed" | "corrected" | "policy";

export type CommandKind = CaseCommand["kind"];

/** The columns of a case that transitions write by themselves. */
export interface TransitionColumns {
  state?: CaseStateName;
  claimedById?: string | null;
  claimExpiresAt?: Date | null;
  assigneeId?: string | null;
  poolId?: string | null;
  assignedAt?: Date | null;
  assignmentRule?: string | null;
  escalatedAt?: Date | null;
  escalateReason?: string | null;
  decidedLabel?: LabelName | null;
  agreesWithAi?: boolean | null;
  signedAt?: Date | null;
  preliminaryAt?: Date | null;
  reopenedAt?: Date | null;
  retakeAskedAt?: Date | null;
  retakeDoneAt?: Date | null;
  retakeReason?: string | null;
  secondRead?: SecondReadName | null;
  secondReadReasons?: string[];
  secondReadDueAt?: Date | null;
  secondReaderId?: string | null;
  secondReadUntil?: Date | null;
  arrivedAt?: Date;
  assessment?: "PENDING";
  notAssessedReason?: null;
}

/** What happens to the reading beside the case. */
export type ReadingStep =
  /** The reader's own unsigned reading goes on, or a new one begins. */
  | "begin"
  | "renew"
  | "end"
  /** Somebody else's reading ends and the reader's own begins. */
  | "hand-over"
  | "sign"
  /** Something is noted on the reader's own, whoever holds the case. */
  | "note"
  /** A look at the AI of a signed case, by somebody who does not hold it. */
  | "look"
  | "none";

export interface Transition {
  event: TransitionEvent;
  columns: TransitionColumns;
  reading: ReadingStep;
  /** Which read of the case the reading is that the step concerns. */
  stage: ReadingStage;
  /** What open worklists are told; null where nothing of it shows there. */
  notice: CaseChangeKind | null;
  /**
   * Whether the case gets the next version. What a signature relies on is
   * not changed by the reader's own lease, draft and reveal.
   */
  raisesVersion: boolean;
}

export type TransitionEvent =
  | "case.film-added"
  | "case.film-left"
  | "case.film-turned"
  | "case.reopened"
  | "case.placed"
  | "case.reassessed"
  | "case.not-assessed"
  | "case.raised"
  | "case.claimed"
  | "case.lease-renewed"
  | "case.taken-over"
  | "case.released"
  | "case.assigned"
  | "case.assignment-lapsed"
  | "case.escalated"
  | "case.reassess-requested"
  | "case.renamed"
  | "case.moved"
  | "case.corrected"
  | "case.retake-ended"
  | "case.second-read-asked"
  | "case.first-reading-shown"
  | "case.preliminary-issued"
  | "reading.opinion-recorded"
  | "reading.draft-saved"
  | "reading.draft-given"
  | "reading.draft-taken-back"
  | "reading.draft-taken"
  | "reading.draft-left"
  | "case.prediction-revealed"
  | "reading.signed"
  | "reading.amended"
  | "reading.restored";

/** What the urgency rules decide of a case. */
export const PLACEMENT_COLUMNS = [
  "assessment",
  "notAssessedReason",
  "urgency",
  "urgencyReasons",
  "probability",
  "threshold",
  "shownPredictionId",
  "policyVersion",
] as const satisfies readonly (keyof Case)[];

/** Where the urgency rules put a case. */
export type Placement = Pick<Case, (typeof PLACEMENT_COLUMNS)[number]>;

/** What the site's policy says of a case that comes in. */
export type CaseEntry = Pick<Case, "urgency" | "policyVersion" | "isControl">;

/** A claim counts until its lease runs out. */
export function holdsLease(
  now: Pick<CaseStatus, "state" | "claimExpiresAt">,
  at: Date,
): boolean {
  return (
    now.state === "READING" &&
    now.claimExpiresAt !== null &&
    now.claimExpiresAt > at
  );
}

/** A cell of the machine: its event, and what of the rest is not as usual. */
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

/** Whether a film is asked for and has not come. */
export function awaitsRetake(
  now: Pick<CaseStatus, "retakeAskedAt" | "retakeDoneAt">,
): boolean {
  return now.retakeAskedAt !== null && now.retakeDoneAt === null;
}
