import { describe, expect, it } from "vitest";
import { AppError } from "../../errors.ts";
import { transition } from "./case.machine.ts";
import type { CaseCommand, CaseStatus, KeptDraft } from "./case.transition.ts";

const AUTHOR = "author";
const HOLDER = "holder";
const THIRD = "third";

const held: CaseStatus = {
  state: "READING",
  claimedById: HOLDER,
  claimExpiresAt: new Date("2026-03-01T10:15:00Z"),
  assigneeId: THIRD,
  poolId: null,
  escalatedAt: null,
  assessment: "ASSESSED",
  isControl: false,
  retakeAskedAt: null,
  retakeDoneAt: null,
  secondRead: null,
  secondReaderId: null,
  secondReadUntil: null,
};
const free = { state: "WAITING", claimedById: null } as const;

const OWN: KeptDraft = { givenToId: null, isLeft: false };
const GIVEN: KeptDraft = { givenToId: HOLDER, isLeft: false };
const LEFT: KeptDraft = { givenToId: HOLDER, isLeft: true };
const give = (toId: string, draft: KeptDraft | null = OWN) =>
  ({ kind: "give-draft", readerId: AUTHOR, toId, draft }) as const;
const take = (takerId: string, draft: KeptDraft | null) =>
  ({ kind: "take-draft", readerId: AUTHOR, takerId, draft }) as const;
const leave = (leaverId: string, draft: KeptDraft | null) =>
  ({ kind: "leave-draft", readerId: AUTHOR, leaverId, draft }) as const;

function outcomeOf(status: CaseStatus, command: CaseCommand): string {
  try {
    return transition(status, command).event;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe("a draft that is given along", () => {
  it.each([
    ["to the holder", held, give(HOLDER), "reading.draft-given"],
    ["to somebody else", held, give(THIRD), "NOT_THE_HOLDER"],
    [
      "to oneself",
      { ...held, claimedById: AUTHOR },
      give(AUTHOR),
      "NOT_THE_HOLDER",
    ],
    [
      "of a waiting case, to whom it is assigned",
      { ...held, ...free },
      give(THIRD),
      "reading.draft-given",
    ],
    [
      "of a waiting case that is assigned to nobody",
      { ...held, ...free, assigneeId: null },
      give(HOLDER),
      "NOT_THE_HOLDER",
    ],
    ["without one", held, give(HOLDER, null), "NO_DRAFT"],
    ["twice", held, give(HOLDER, GIVEN), "DRAFT_GIVEN"],
    ["to who left it", held, give(HOLDER, LEFT), "DRAFT_GIVEN"],
    [
      "anew, to the next holder",
      { ...held, claimedById: THIRD },
      give(THIRD, GIVEN),
      "reading.draft-given",
    ],
    [
      "of a control case",
      { ...held, isControl: true },
      give(HOLDER),
      "AI_CLOSED",
    ],
    [
      "beside a signed one",
      {
        ...held,
        state: "SIGNED",
        claimedById: null,
        secondRead: "SECOND_READING",
        secondReaderId: HOLDER,
      },
      give(HOLDER),
      "CASE_ALREADY_SIGNED",
    ],
  ] as const)("%s", (_name, status, command, expected) => {
    expect(outcomeOf(status, command)).toBe(expected);
  });

  it.each([
    ["taken", take],
    ["left", leave],
  ] as const)(
    "is %s by the holder alone, while it is given to him",
    (how, answer) => {
      expect(outcomeOf(held, answer(HOLDER, GIVEN))).toBe(
        `reading.draft-${how}`,
      );
      expect(outcomeOf(held, answer(HOLDER, OWN))).toBe("DRAFT_NOT_GIVEN");
      expect(outcomeOf(held, answer(HOLDER, LEFT))).toBe("DRAFT_NOT_GIVEN");
      expect(outcomeOf(held, answer(HOLDER, null))).toBe("DRAFT_NOT_GIVEN");
      expect(
        outcomeOf(held, answer(THIRD, { ...GIVEN, givenToId: THIRD })),
      ).toBe("CASE_NOT_CLAIMED");
    },
  );

  it("is taken back only while it is given", () => {
    const back = { kind: "take-back-draft", readerId: AUTHOR } as const;
    expect(outcomeOf(held, { ...back, draft: GIVEN })).toBe(
      "reading.draft-taken-back",
    );
    expect(outcomeOf(held, { ...back, draft: LEFT })).toBe(
      "reading.draft-taken-back",
    );
    expect(outcomeOf(held, { ...back, draft: OWN })).toBe("DRAFT_NOT_GIVEN");
    expect(outcomeOf(held, { ...back, draft: null })).toBe("DRAFT_NOT_GIVEN");
  });
});
