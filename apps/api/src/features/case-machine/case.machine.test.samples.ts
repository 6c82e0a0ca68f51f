import { AppError } from "../../errors.ts";
import { transition } from "./case.machine.ts";
import type {
  CaseCommand,
  CaseStateName,
  CaseStatus,
  CommandKind,
} from "./case.transition.ts";

export const now = new Date("2026-03-01T10:00:00Z");
export const earlier = new Date("2026-03-01T09:59:00Z");
export const until = new Date("2026-03-01T10:15:00Z");
export const ME = "me";
export const OTHER = "other";

export const decision = {
  decidedLabel: "NORMAL",
  agreesWithAi: true,
  signedAt: now,
  retakeReason: null,
} as const;

/** One of each command, as the tests of the machine give them. */
export const COMMANDS: {
  [Kind in CommandKind]: Extract<CaseCommand, { kind: Kind }>;
} = {
  "add-film": { kind: "add-film", now, signerId: OTHER },
  "lose-film": { kind: "lose-film", now, signerId: OTHER, isLast: false },
  "end-retake": { kind: "end-retake", now },
  place: { kind: "place", cause: "assessed", isSamePlace: false },
  raise: { kind: "raise" },
  claim: { kind: "claim", readerId: ME, now, until },
  "take-over": { kind: "take-over", readerId: ME, now, until },
  release: { kind: "release", readerId: ME },
  expire: { kind: "expire", now },
  "record-opinion": { kind: "record-opinion", readerId: ME, until },
  "save-draft": { kind: "save-draft", readerId: ME, until },
  "give-draft": {
    kind: "give-draft",
    readerId: ME,
    toId: OTHER,
    draft: { givenToId: null, isLeft: false },
  },
  "take-back-draft": {
    kind: "take-back-draft",
    readerId: ME,
    draft: { givenToId: OTHER, isLeft: false },
  },
  "take-draft": {
    kind: "take-draft",
    readerId: OTHER,
    takerId: ME,
    draft: { givenToId: ME, isLeft: false },
  },
  "leave-draft": {
    kind: "leave-draft",
    readerId: OTHER,
    leaverId: ME,
    draft: { givenToId: ME, isLeft: false },
  },
  "issue-preliminary": {
    kind: "issue-preliminary",
    readerId: ME,
    now,
    until,
  },
  reveal: { kind: "reveal", readerId: ME, until },
  "turn-film": {
    kind: "turn-film",
    now,
    signerId: OTHER,
    isAskedAgain: true,
    isReadAgain: true,
  },
  sign: { kind: "sign", readerId: ME, now, decision },
  amend: { kind: "amend", decision },
  restore: { kind: "restore", readerId: ME, now, decision, secondReasons: [] },
  "request-second": { kind: "request-second", now },
  "show-first": { kind: "show-first", readerId: ME },
  assign: { kind: "assign", now, assigneeId: ME, poolId: null, rule: null },
  lapse: { kind: "lapse", now },
  escalate: { kind: "escalate", now, reason: "patient-worse" },
  "ask-again": { kind: "ask-again" },
  rename: { kind: "rename" },
  move: { kind: "move" },
  correct: { kind: "correct" },
};

/** The states that a row of the table is asked in. */
export const STATUS = {
  waiting: { state: "WAITING", claimedById: null, claimExpiresAt: null },
  mine: { state: "READING", claimedById: ME, claimExpiresAt: until },
  "mine, run out": {
    state: "READING",
    claimedById: ME,
    claimExpiresAt: earlier,
  },
  "another's": { state: "READING", claimedById: OTHER, claimExpiresAt: until },
  "another's, run out": {
    state: "READING",
    claimedById: OTHER,
    claimExpiresAt: earlier,
  },
  signed: { state: "SIGNED", claimedById: null, claimExpiresAt: null },
  empty: { state: "EMPTY", claimedById: null, claimExpiresAt: null },
} as const;
export type StatusName = keyof typeof STATUS;

export const GIVEN = { assigneeId: OTHER, poolId: "pool" } as const;
export const FREE = { assigneeId: null, poolId: null } as const;

/** The cells beside a signed reading have a test of their own. */
export const NO_SECOND = {
  secondRead: null,
  secondReaderId: null,
  secondReadUntil: null,
} as const;

/** What follows: event, new state, step of the reading; or the refusal. */
export type Outcome = readonly [
  event: string,
  state: CaseStateName,
  step: string,
];

/** What the machine answers, or the code of its refusal. */
export function outcomeOf(
  status: CaseStatus,
  command: CaseCommand,
): Outcome | string {
  try {
    const { event, columns, reading } = transition(status, command);
    return [event, columns.state ?? status.state, reading];
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
