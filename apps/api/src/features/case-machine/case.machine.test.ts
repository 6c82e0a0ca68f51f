import { describe, expect, it } from "vitest";
import type { CaseStatus, CommandKind } from "./case.transition.ts";
import {
  earlier,
  COMMANDS,
  STATUS,
  GIVEN,
  NO_SECOND,
  type Outcome,
  outcomeOf,
  type StatusName,
} from "./case.machine.test.samples.ts";

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
});
