import { describe, expect, it } from "vitest";
import { AppError } from "../../errors.ts";
import { transition } from "./case.machine.ts";
import type {
  CaseCommand,
  CaseStateName,
  CaseStatus,
  CommandKind,
} from "./case.transition.ts";

const now = new Date("2026-03-01T10:00:00Z");
const earlier = new Date("2026-03-01T09:59:00Z");
const until = new Date("2026-03-01T10:15:00Z");
const ME = "me";
const OTHER = "other";

const decision = {
  decidedLabel: "NORMAL",
  agreesWithAi: true,
  signedAt: now,
  retakeReason: null,
} as const;

const COMMANDS: {
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
const STATUS = {
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
type StatusName = keyof typeof STATUS;

const GIVEN = { assigneeId: OTHER, poolId: "pool" } as const;
const FREE = { assigneeId: null, poolId: null } as const;

/** The cells beside a signed reading have a test of their own. */
const NO_SECOND = {
  secondRead: null,
  secondReaderId: null,
  secondReadUntil: null,
} as const;

/** What follows: event, new state, step of the reading; or the refusal. */
type Outcome = readonly [event: string, state: CaseStateName, step: string];

const SIGNED = "CASE_ALREADY_SIGNED";
const NOT_MINE = "CASE_NOT_CLAIMED";
const TAKEN = "CASE_CLAIMED_BY_ANOTHER";
const RUNS = "LEASE_RUNS";
const STALE = "READING_SUPERSEDED";
const NOT_THERE = "NOT_THE_HOLDER";
const NOT_ASKED = "RETAKE_NOT_ASKED";

/** What stands of each command for a case that has a film. */
type Cells = Record<Exclude<StatusName, "empty">, Outcome | string>;

/** Commands that a case without films takes, too. */
const OF_EMPTY: Partial<Record<CommandKind, Outcome>> = {
  "add-film": ["case.film-added", "WAITING", "none"],
  place: ["case.placed", "EMPTY", "none"],
  rename: ["case.renamed", "EMPTY", "none"],
  move: ["case.moved", "EMPTY", "none"],
  correct: ["case.corrected", "EMPTY", "none"],
};

const TABLE: Record<CommandKind, Cells> = {
  "add-film": {
    waiting: ["case.film-added", "WAITING", "none"],
    mine: ["case.film-added", "READING", "none"],
    "mine, run out": ["case.film-added", "READING", "none"],
    "another's": ["case.film-added", "READING", "none"],
    "another's, run out": ["case.film-added", "READING", "none"],
    signed: ["case.reopened", "WAITING", "end"],
  },
  "lose-film": {
    waiting: ["case.film-left", "WAITING", "none"],
    mine: ["case.film-left", "READING", "none"],
    "mine, run out": ["case.film-left", "READING", "none"],
    "another's": ["case.film-left", "READING", "none"],
    "another's, run out": ["case.film-left", "READING", "none"],
    signed: ["case.film-left", "WAITING", "end"],
  },
  "turn-film": {
    waiting: ["case.film-turned", "WAITING", "none"],
    mine: ["case.film-turned", "READING", "none"],
    "mine, run out": ["case.film-turned", "READING", "none"],
    "another's": ["case.film-turned", "READING", "none"],
    "another's, run out": ["case.film-turned", "READING", "none"],
    signed: ["case.film-turned", "WAITING", "end"],
  },
  "end-retake": {
    waiting: NOT_ASKED,
    mine: NOT_ASKED,
    "mine, run out": NOT_ASKED,
    "another's": NOT_ASKED,
    "another's, run out": NOT_ASKED,
    signed: ["case.retake-ended", "SIGNED", "none"],
  },
  place: same("case.placed"),
  raise: {
    waiting: ["case.raised", "WAITING", "none"],
    mine: TAKEN,
    "mine, run out": TAKEN,
    "another's": TAKEN,
    "another's, run out": TAKEN,
    signed: SIGNED,
  },
  claim: {
    waiting: ["case.claimed", "READING", "begin"],
    mine: ["case.lease-renewed", "READING", "renew"],
    "mine, run out": ["case.lease-renewed", "READING", "renew"],
    "another's": TAKEN,
    "another's, run out": ["case.claimed", "READING", "hand-over"],
    signed: SIGNED,
  },
  "take-over": {
    waiting: ["case.claimed", "READING", "begin"],
    mine: ["case.lease-renewed", "READING", "renew"],
    "mine, run out": ["case.lease-renewed", "READING", "renew"],
    "another's": ["case.taken-over", "READING", "hand-over"],
    "another's, run out": ["case.taken-over", "READING", "hand-over"],
    signed: SIGNED,
  },
  release: {
    waiting: NOT_MINE,
    mine: ["case.released", "WAITING", "end"],
    "mine, run out": ["case.released", "WAITING", "end"],
    "another's": NOT_MINE,
    "another's, run out": NOT_MINE,
    signed: NOT_MINE,
  },
  expire: {
    waiting: NOT_MINE,
    mine: RUNS,
    "mine, run out": ["case.released", "WAITING", "end"],
    "another's": RUNS,
    "another's, run out": ["case.released", "WAITING", "end"],
    signed: NOT_MINE,
  },
  "record-opinion": holders("reading.opinion-recorded"),
  "save-draft": holders("reading.draft-saved"),
  "give-draft": {
    waiting: ["reading.draft-given", "WAITING", "note"],
    mine: NOT_THERE,
    "mine, run out": NOT_THERE,
    "another's": ["reading.draft-given", "READING", "note"],
    "another's, run out": ["reading.draft-given", "READING", "note"],
    signed: SIGNED,
  },
  "take-back-draft": {
    waiting: ["reading.draft-taken-back", "WAITING", "note"],
    mine: ["reading.draft-taken-back", "READING", "note"],
    "mine, run out": ["reading.draft-taken-back", "READING", "note"],
    "another's": ["reading.draft-taken-back", "READING", "note"],
    "another's, run out": ["reading.draft-taken-back", "READING", "note"],
    signed: SIGNED,
  },
  "take-draft": {
    waiting: NOT_MINE,
    mine: ["reading.draft-taken", "READING", "note"],
    "mine, run out": ["reading.draft-taken", "READING", "note"],
    "another's": NOT_MINE,
    "another's, run out": NOT_MINE,
    signed: SIGNED,
  },
  "leave-draft": {
    waiting: NOT_MINE,
    mine: ["reading.draft-left", "READING", "note"],
    "mine, run out": ["reading.draft-left", "READING", "note"],
    "another's": NOT_MINE,
    "another's, run out": NOT_MINE,
    signed: SIGNED,
  },
  "issue-preliminary": holders("case.preliminary-issued"),
  reveal: {
    ...holders("case.prediction-revealed"),
    signed: ["case.prediction-revealed", "SIGNED", "look"],
  },
  sign: {
    waiting: NOT_MINE,
    mine: ["reading.signed", "SIGNED", "sign"],
    "mine, run out": ["reading.signed", "SIGNED", "sign"],
    "another's": TAKEN,
    "another's, run out": NOT_MINE,
    signed: SIGNED,
  },
  amend: {
    waiting: STALE,
    mine: STALE,
    "mine, run out": STALE,
    "another's": STALE,
    "another's, run out": STALE,
    signed: ["reading.amended", "SIGNED", "none"],
  },
  restore: {
    waiting: ["reading.restored", "SIGNED", "none"],
    mine: ["reading.restored", "SIGNED", "end"],
    "mine, run out": ["reading.restored", "SIGNED", "end"],
    "another's": TAKEN,
    "another's, run out": ["reading.restored", "SIGNED", "end"],
    signed: SIGNED,
  },
  "request-second": {
    ...unsigned(),
    signed: ["case.second-read-asked", "SIGNED", "none"],
  },
  "show-first": { ...unsigned(), signed: "SECOND_READ_NOT_DUE" },
  assign: { ...same("case.assigned"), signed: SIGNED },
  escalate: { ...same("case.escalated"), signed: SIGNED },
  lapse: {
    waiting: ["case.assignment-lapsed", "WAITING", "none"],
    mine: TAKEN,
    "mine, run out": TAKEN,
    "another's": TAKEN,
    "another's, run out": TAKEN,
    signed: SIGNED,
  },
  "ask-again": { ...same("case.reassess-requested"), signed: SIGNED },
  rename: same("case.renamed"),
  move: same("case.moved"),
  correct: same("case.corrected"),
};

/** An event that leaves the state and the reading as they are. */
function same(event: string): Cells {
  return {
    waiting: [event, "WAITING", "none"],
    mine: [event, "READING", "none"],
    "mine, run out": [event, "READING", "none"],
    "another's": [event, "READING", "none"],
    "another's, run out": [event, "READING", "none"],
    signed: [event, "SIGNED", "none"],
  };
}

/** What needs a signed reading. */
function unsigned(): Record<Exclude<StatusName, "signed" | "empty">, string> {
  return {
    waiting: "CASE_NOT_SIGNED",
    mine: "CASE_NOT_SIGNED",
    "mine, run out": "CASE_NOT_SIGNED",
    "another's": "CASE_NOT_SIGNED",
    "another's, run out": "CASE_NOT_SIGNED",
  };
}

/** What only the holder may do, which renews the lease. */
function holders(event: string): Cells {
  return {
    waiting: NOT_MINE,
    mine: [event, "READING", "renew"],
    "mine, run out": [event, "READING", "renew"],
    "another's": NOT_MINE,
    "another's, run out": NOT_MINE,
    signed: SIGNED,
  };
}

function outcomeOf(status: CaseStatus, command: CaseCommand): Outcome | string {
  try {
    const { event, columns, reading } = transition(status, command);
    return [event, columns.state ?? status.state, reading];
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const rows = Object.entries(TABLE).flatMap(([kind, cells]) =>
  Object.entries({
    ...cells,
    empty: OF_EMPTY[kind as CommandKind] ?? "CASE_EMPTY",
  }).map(
    ([name, expected]) =>
      // Keys of the two tables above.
      [kind as CommandKind, name as StatusName, expected] as const,
  ),
);

describe("the machine of a case", () => {
  it.each(rows)("%s, %s", (kind, name, expected) => {
    const status: CaseStatus = {
      ...STATUS[name],
      assessment: "ASSESSED",
      isControl: false,
      retakeAskedAt: earlier,
      retakeDoneAt: null,
      ...GIVEN,
      escalatedAt: null,
      ...NO_SECOND,
    };
    expect(outcomeOf(status, COMMANDS[kind])).toEqual(expected);
  });

  const signed: CaseStatus = {
    ...STATUS.signed,
    assessment: "NOT_ASSESSED",
    isControl: false,
    retakeAskedAt: null,
    retakeDoneAt: null,
    ...FREE,
    escalatedAt: earlier,
    ...NO_SECOND,
  };

  it("wipes the decision of a reopened case and hands it to its signer", () => {
    expect(transition(signed, COMMANDS["add-film"]).columns).toEqual({
      state: "WAITING",
      signedAt: null,
      decidedLabel: null,
      agreesWithAi: null,
      assigneeId: OTHER,
      poolId: null,
      assignedAt: now,
      assignmentRule: null,
      arrivedAt: now,
      reopenedAt: now,
      escalatedAt: null,
      escalateReason: null,
      ...NO_SECOND,
      secondReadReasons: [],
      secondReadDueAt: null,
      assessment: "PENDING",
      notAssessedReason: null,
    });
  });

  it("is on no list without films, with nobody holding or waiting for it", () => {
    const last = { ...COMMANDS["lose-film"], isLast: true };
    for (const name of ["waiting", "mine", "signed"] as const) {
      const status = { ...signed, ...STATUS[name] };
      const { columns, reading } = transition(status, last);
      expect(columns).toMatchObject({
        state: "EMPTY",
        claimedById: null,
        assigneeId: null,
        escalatedAt: null,
        retakeAskedAt: null,
      });
      expect(reading).toBe(name === "waiting" ? "none" : "end");
    }
    const unsigned = transition(signed, last).columns;
    expect(unsigned).toMatchObject({ decidedLabel: null, signedAt: null });
  });

  it("goes back to its signer when a film comes to a case without any", () => {
    const status = { ...signed, ...STATUS.empty };
    expect(transition(status, COMMANDS["add-film"]).columns).toMatchObject({
      state: "WAITING",
      assigneeId: OTHER,
      reopenedAt: now,
      assessment: "PENDING",
    });
    const never = { ...COMMANDS["add-film"], signerId: null };
    expect(transition(status, never).columns).toEqual({
      state: "WAITING",
      arrivedAt: now,
      assessment: "PENDING",
      notAssessedReason: null,
    });
  });

  it("falls back from a reader to his pool, and from a pool to all", () => {
    const waiting = { ...signed, ...STATUS.waiting };
    const columnsOf = (given: Pick<CaseStatus, "assigneeId" | "poolId">) =>
      transition({ ...waiting, ...given }, COMMANDS.lapse).columns;
    const toAll = { ...FREE, assignedAt: null, assignmentRule: null };
    expect(columnsOf(GIVEN)).toEqual({
      assigneeId: null,
      poolId: "pool",
      assignedAt: now,
    });
    expect(columnsOf({ assigneeId: null, poolId: "pool" })).toEqual(toAll);
    expect(columnsOf({ assigneeId: OTHER, poolId: null })).toEqual(toAll);
    expect(outcomeOf(waiting, COMMANDS.lapse)).toBe("NOT_ASSIGNED");
  });

  it("is escalated once for a reading", () => {
    const waiting = { ...signed, ...STATUS.waiting };
    expect(outcomeOf(waiting, COMMANDS.escalate)).toBe("CASE_ESCALATED");
    expect(
      transition({ ...waiting, escalatedAt: null }, COMMANDS.escalate).columns,
    ).toEqual({ escalatedAt: now, escalateReason: "patient-worse" });
  });

  it("notes since when a case is given, and by which rule", () => {
    const waiting = { ...signed, ...STATUS.waiting };
    const to = { kind: "assign", now, ...FREE } as const;
    expect(
      transition(waiting, { ...to, poolId: "pool", rule: "Nights" }).columns,
    ).toEqual({
      assigneeId: null,
      poolId: "pool",
      assignedAt: now,
      assignmentRule: "Nights",
    });
    expect(transition(waiting, { ...to, rule: null }).columns).toEqual({
      ...FREE,
      assignedAt: null,
      assignmentRule: null,
    });
  });

  it("does not ask the AI again while it works", () => {
    const pending = { ...signed, ...STATUS.waiting, assessment: "PENDING" };
    expect(outcomeOf(pending as CaseStatus, COMMANDS["ask-again"])).toBe(
      "ASSESSMENT_PENDING",
    );
  });

  it("keeps the AI of a control case closed until it is signed", () => {
    const control = { ...signed, ...STATUS.mine, isControl: true };
    expect(outcomeOf(control, COMMANDS.reveal)).toBe("AI_CLOSED");
    expect(
      outcomeOf({ ...control, ...STATUS.signed }, COMMANDS.reveal),
    ).toEqual(["case.prediction-revealed", "SIGNED", "look"]);
  });

  const asked = { ...decision, retakeReason: "POSITION" };

  it("asks the sender for another film once, however often it is amended", () => {
    const mine = { ...signed, ...STATUS.mine };
    const signs = { ...COMMANDS.sign, decision: asked };
    expect(transition(mine, signs).columns).toMatchObject({
      retakeReason: "POSITION",
      retakeAskedAt: now,
      retakeDoneAt: null,
    });
    const since = { ...signed, retakeAskedAt: earlier };
    const amends = { kind: "amend", decision: asked } as const;
    const columns = transition(since, amends).columns;
    expect(columns).not.toHaveProperty("retakeAskedAt");
    expect(columns).not.toHaveProperty("retakeDoneAt");
    expect(transition(signed, amends).columns).toMatchObject({
      retakeAskedAt: now,
    });
  });

  it("takes the question back when a version without it is signed", () => {
    const since = { ...signed, retakeAskedAt: earlier };
    expect(transition(since, COMMANDS.amend).columns).toMatchObject({
      retakeReason: null,
      retakeAskedAt: null,
      retakeDoneAt: null,
    });
  });

  it("has what was asked for when a film of the same study comes", () => {
    const since = { ...signed, retakeAskedAt: earlier };
    expect(transition(since, COMMANDS["add-film"]).columns).toMatchObject({
      retakeDoneAt: now,
    });
  });

  it("ends a retake once, and none that nobody asked for", () => {
    const over = { ...signed, retakeAskedAt: earlier, retakeDoneAt: earlier };
    expect(outcomeOf(over, COMMANDS["end-retake"])).toBe(NOT_ASKED);
    expect(outcomeOf(signed, COMMANDS["end-retake"])).toBe(NOT_ASKED);
  });

  it("is preliminary from the report until the signature", () => {
    const mine = { ...signed, ...STATUS.mine };
    expect(transition(mine, COMMANDS["issue-preliminary"]).columns).toEqual({
      preliminaryAt: now,
      claimExpiresAt: until,
    });
    expect(transition(mine, COMMANDS.sign).columns).toMatchObject({
      preliminaryAt: null,
    });
  });

  it("leaves the version to what others must look at again", () => {
    const mine = { ...signed, ...STATUS.mine };
    const quiet = Object.values(COMMANDS).filter((command) => {
      try {
        return !transition(mine, command).raisesVersion;
      } catch {
        return false;
      }
    });
    expect(quiet.map(({ kind }) => kind).sort()).toEqual([
      "issue-preliminary",
      "leave-draft",
      "record-opinion",
      "reveal",
      "save-draft",
      "take-back-draft",
      "take-draft",
    ]);
  });
});
