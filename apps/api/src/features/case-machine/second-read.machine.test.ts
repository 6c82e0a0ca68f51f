import { describe, expect, it } from "vitest";
import { AppError } from "../../errors.ts";
import { transition } from "./case.machine.ts";
import type {
  CaseCommand,
  CaseStatus,
  SecondReadName,
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

/** A signed case with somebody, or nobody, at its further reading. */
function signed(
  secondRead: SecondReadName | null,
  secondReaderId: string | null = null,
  secondReadUntil = secondReaderId === null ? null : until,
): CaseStatus {
  return {
    state: "SIGNED",
    claimedById: null,
    claimExpiresAt: null,
    assigneeId: null,
    poolId: null,
    escalatedAt: null,
    assessment: "ASSESSED",
    isControl: false,
    retakeAskedAt: null,
    retakeDoneAt: null,
    secondRead,
    secondReaderId,
    secondReadUntil,
  };
}

const STATUS = {
  none: signed(null),
  due: signed("SECOND_DUE"),
  mine: signed("SECOND_READING", ME),
  "mine, run out": signed("SECOND_READING", ME, earlier),
  "another's": signed("SECOND_READING", OTHER),
  "another's, run out": signed("SECOND_READING", OTHER, earlier),
  differ: signed("ADJUDICATION_DUE"),
  "third, mine": signed("ADJUDICATION_READING", ME),
  agreed: signed("AGREED"),
  adjudicated: signed("ADJUDICATED"),
} as const;
type StatusName = keyof typeof STATUS;

const claim = { kind: "claim", readerId: ME, now, until } as const;
const sign = { kind: "sign", readerId: ME, now, decision } as const;
const COMMANDS = {
  claim,
  "claim, barred": { ...claim, bar: "SAW_FIRST" },
  "claim by a junior": { ...claim, bar: "NOT_SENIOR" },
  release: { kind: "release", readerId: ME },
  expire: { kind: "expire", now },
  opinion: { kind: "record-opinion", readerId: ME, until },
  draft: { kind: "save-draft", readerId: ME, until },
  reveal: { kind: "reveal", readerId: ME, until },
  "reveal, closed": {
    kind: "reveal",
    readerId: ME,
    until,
    isClosedToSecond: true,
  },
  "sign, agrees": { ...sign, agrees: true },
  "sign, differs": { ...sign, agrees: false },
  "sign, barred since": { ...sign, agrees: true, bar: "NOT_SENIOR" },
  "amend, agrees": { kind: "amend", decision, agrees: true },
  "amend, differs": { kind: "amend", decision, agrees: false },
  "amend, alone": { kind: "amend", decision },
  request: { kind: "request-second", now },
  show: { kind: "show-first", readerId: ME },
  "take over": { kind: "take-over", readerId: ME, now, until },
  "take over, barred": {
    kind: "take-over",
    readerId: ME,
    now,
    until,
    bar: "WAS_TOLD",
  },
} as const satisfies Record<string, CaseCommand>;
type CommandName = keyof typeof COMMANDS;

/** The state after, the step and the stage of the reading; or the refusal. */
type Outcome = readonly [SecondReadName | null, string, string] | string;

const DONE = "CASE_ALREADY_SIGNED";
const NOT_MINE = "CASE_NOT_CLAIMED";
const TAKEN = "CASE_CLAIMED_BY_ANOTHER";
const BARRED = "SECOND_READ_BARRED";
const SECOND = "SECOND";
const THIRD = "ADJUDICATION";

/** Nobody's work on it. */
const nobodys = (
  code: string,
): Record<"none" | "agreed" | "adjudicated", string> => ({
  none: code,
  agreed: code,
  adjudicated: code,
});

const TABLE: Record<CommandName, Record<StatusName, Outcome>> = {
  claim: {
    ...nobodys(DONE),
    due: ["SECOND_READING", "begin", SECOND],
    mine: ["SECOND_READING", "renew", SECOND],
    "mine, run out": ["SECOND_READING", "renew", SECOND],
    "another's": TAKEN,
    "another's, run out": ["SECOND_READING", "hand-over", SECOND],
    differ: ["ADJUDICATION_READING", "begin", THIRD],
    "third, mine": ["ADJUDICATION_READING", "renew", THIRD],
  },
  "claim, barred": {
    ...nobodys(DONE),
    due: BARRED,
    mine: ["SECOND_READING", "renew", SECOND],
    "mine, run out": ["SECOND_READING", "renew", SECOND],
    "another's": BARRED,
    "another's, run out": BARRED,
    differ: BARRED,
    "third, mine": ["ADJUDICATION_READING", "renew", THIRD],
  },
  "claim by a junior": {
    ...nobodys(DONE),
    due: "SENIOR_REQUIRED",
    mine: ["SECOND_READING", "renew", SECOND],
    "mine, run out": ["SECOND_READING", "renew", SECOND],
    "another's": "SENIOR_REQUIRED",
    "another's, run out": "SENIOR_REQUIRED",
    differ: "SENIOR_REQUIRED",
    "third, mine": ["ADJUDICATION_READING", "renew", THIRD],
  },
  release: {
    ...nobodys(NOT_MINE),
    due: NOT_MINE,
    mine: ["SECOND_DUE", "end", "PRIMARY"],
    "mine, run out": ["SECOND_DUE", "end", "PRIMARY"],
    "another's": NOT_MINE,
    "another's, run out": NOT_MINE,
    differ: NOT_MINE,
    "third, mine": ["ADJUDICATION_DUE", "end", "PRIMARY"],
  },
  expire: {
    ...nobodys(NOT_MINE),
    due: NOT_MINE,
    mine: "LEASE_RUNS",
    "mine, run out": ["SECOND_DUE", "end", "PRIMARY"],
    "another's": "LEASE_RUNS",
    "another's, run out": ["SECOND_DUE", "end", "PRIMARY"],
    differ: NOT_MINE,
    "third, mine": "LEASE_RUNS",
  },
  opinion: holders(),
  draft: holders(),
  reveal: {
    ...looks(),
    mine: ["SECOND_READING", "renew", SECOND],
    "mine, run out": ["SECOND_READING", "renew", SECOND],
    "third, mine": ["ADJUDICATION_READING", "renew", THIRD],
  },
  "reveal, closed": {
    ...looks(),
    mine: "AI_CLOSED",
    "mine, run out": "AI_CLOSED",
    "third, mine": ["ADJUDICATION_READING", "renew", THIRD],
  },
  "sign, agrees": signs("AGREED"),
  "sign, differs": signs("ADJUDICATION_DUE"),
  "sign, barred since": {
    ...signs("AGREED"),
    mine: "SENIOR_REQUIRED",
    "mine, run out": "SENIOR_REQUIRED",
    "third, mine": "SENIOR_REQUIRED",
  },
  "amend, agrees": { ...amends(), differ: ["AGREED", "none", "PRIMARY"] },
  "amend, differs": {
    ...amends(),
    agreed: ["ADJUDICATION_DUE", "none", "PRIMARY"],
  },
  "amend, alone": amends(),
  request: {
    ...everywhere("SECOND_READ_EXISTS"),
    none: ["SECOND_DUE", "none", "PRIMARY"],
  },
  show: {
    ...nobodys("SECOND_READ_NOT_DUE"),
    due: ["SECOND_DUE", "look", "PRIMARY"],
    mine: "SECOND_READ_HELD",
    "mine, run out": "SECOND_READ_HELD",
    "another's": ["SECOND_READING", "look", "PRIMARY"],
    "another's, run out": ["SECOND_READING", "look", "PRIMARY"],
    differ: ["ADJUDICATION_DUE", "look", "PRIMARY"],
    "third, mine": "SECOND_READ_HELD",
  },
  "take over": {
    ...nobodys(DONE),
    due: ["SECOND_READING", "begin", SECOND],
    mine: ["SECOND_READING", "renew", SECOND],
    "mine, run out": ["SECOND_READING", "renew", SECOND],
    "another's": ["SECOND_READING", "hand-over", SECOND],
    "another's, run out": ["SECOND_READING", "hand-over", SECOND],
    differ: ["ADJUDICATION_READING", "begin", THIRD],
    "third, mine": ["ADJUDICATION_READING", "renew", THIRD],
  },
  "take over, barred": {
    ...nobodys(DONE),
    due: BARRED,
    mine: ["SECOND_READING", "renew", SECOND],
    "mine, run out": ["SECOND_READING", "renew", SECOND],
    "another's": BARRED,
    "another's, run out": BARRED,
    differ: BARRED,
    "third, mine": ["ADJUDICATION_READING", "renew", THIRD],
  },
};

function holders(): Record<StatusName, Outcome> {
  return {
    ...everywhere(DONE),
    mine: ["SECOND_READING", "renew", SECOND],
    "mine, run out": ["SECOND_READING", "renew", SECOND],
    "third, mine": ["ADJUDICATION_READING", "renew", THIRD],
  };
}

function signs(then: SecondReadName): Record<StatusName, Outcome> {
  return {
    ...nobodys(DONE),
    due: NOT_MINE,
    mine: [then, "sign", SECOND],
    "mine, run out": [then, "sign", SECOND],
    "another's": TAKEN,
    "another's, run out": NOT_MINE,
    differ: NOT_MINE,
    // Whatever it says, it decides.
    "third, mine": ["ADJUDICATED", "sign", THIRD],
  };
}

/** Every state as it was. */
function unmoved(step: string): Record<StatusName, Outcome> {
  const cells = Object.entries(STATUS).map(([name, { secondRead }]) => [
    name,
    [secondRead, step, "PRIMARY"],
  ]);
  // One for each key of STATUS.
  return Object.fromEntries(cells) as Record<StatusName, Outcome>;
}

function looks(): Record<StatusName, Outcome> {
  return unmoved("look");
}

function amends(): Record<StatusName, Outcome> {
  return unmoved("none");
}

function everywhere(code: string): Record<StatusName, Outcome> {
  const cells = Object.keys(STATUS).map((name) => [name, code]);
  // One for each key of STATUS.
  return Object.fromEntries(cells) as Record<StatusName, Outcome>;
}

function outcomeOf(status: CaseStatus, command: CaseCommand): Outcome {
  try {
    const { columns, reading, stage } = transition(status, command);
    const { secondRead = status.secondRead } = columns;
    return [secondRead, reading, stage];
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const rows = Object.entries(TABLE).flatMap(([command, cells]) =>
  Object.entries(cells).map(
    ([status, expected]) =>
      // Keys of the two tables above.
      [command as CommandName, status as StatusName, expected] as const,
  ),
);

describe("the machine of a signed case", () => {
  it.each(rows)("%s, %s", (command, status, expected) => {
    expect(outcomeOf(STATUS[status], COMMANDS[command])).toEqual(expected);
  });

  it("stays signed, as what was signed first, whatever is done beside it", () => {
    for (const status of Object.values(STATUS))
      for (const command of Object.values(COMMANDS)) {
        if (command.kind === "amend") continue;
        const outcome = outcomeOf(status, command);
        if (typeof outcome === "string") continue;
        const { columns } = transition(status, command);
        for (const column of ["state", "decidedLabel", "signedAt"])
          expect(columns).not.toHaveProperty(column);
      }
  });

  it("is due a second reading where a rule asked for it at the signature", () => {
    const mine: CaseStatus = {
      ...STATUS.none,
      state: "READING",
      claimedById: ME,
      claimExpiresAt: until,
    };
    const reasons = ["random", "age"];
    expect(
      transition(mine, { ...sign, secondReasons: reasons }).columns,
    ).toMatchObject({
      secondRead: "SECOND_DUE",
      secondReadReasons: reasons,
      secondReadDueAt: now,
    });
    expect(transition(mine, sign).columns).toMatchObject({ secondRead: null });
  });

  it("forgets the second reading when a new film opens it, and ends the one that runs", () => {
    const step = transition(STATUS["another's"], {
      kind: "add-film",
      now,
      signerId: ME,
    });
    expect(step.columns).toMatchObject({
      state: "WAITING",
      secondRead: null,
      secondReaderId: null,
      secondReadUntil: null,
    });
    expect(step.reading).toBe("end");
  });

  it("does not tell a second reader by the version that the first amended", () => {
    const amend = COMMANDS["amend, alone"];
    expect(transition(STATUS["another's"], amend).raisesVersion).toBe(false);
    expect(transition(STATUS.due, amend).raisesVersion).toBe(true);
  });
});
