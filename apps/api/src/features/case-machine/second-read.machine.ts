import { ConflictError } from "../../errors.ts";
import { claimedByAnother, done, notClaimed, step } from "./case.transition.ts";
import type {
  CaseCommand,
  CaseStatus,
  CommandKind,
  SecondReadBar,
  SecondReadName,
  Transition,
  TransitionColumns,
} from "./case.transition.ts";

/**
 * The cells of the case's machine for what happens beside a signed reading:
 * a second reader, and a third one where the two differ. The case stays
 * signed; only the columns of the second reading move. Pure.
 */

type Of<Kind extends CommandKind> = Extract<CaseCommand, { kind: Kind }>;

/** States in which somebody reads, or should read, the case further. */
export const OPEN_SECOND_READS = [
  "SECOND_DUE",
  "SECOND_READING",
  "ADJUDICATION_DUE",
  "ADJUDICATION_READING",
] as const satisfies readonly SecondReadName[];

/** What a case has that nobody reads further. */
export const withoutSecond = {
  secondRead: null,
  secondReadReasons: [] as string[],
  secondReadDueAt: null,
  secondReaderId: null,
  secondReadUntil: null,
} satisfies TransitionColumns;

const NOT_HELD = { secondReaderId: null, secondReadUntil: null } as const;

/** Whether a further reading of the case waits or runs. */
export function isSecondOpen({
  secondRead,
}: Pick<CaseStatus, "secondRead">): boolean {
  return OPEN_SECOND_READS.some((state) => state === secondRead);
}

/** Which further read it is that a case waits for, or is in. */
export function stageOfSecond({
  secondRead,
}: Pick<CaseStatus, "secondRead">): "SECOND" | "ADJUDICATION" | null {
  switch (secondRead) {
    case "SECOND_DUE":
    case "SECOND_READING":
      return "SECOND";
    case "ADJUDICATION_DUE":
    case "ADJUDICATION_READING":
      return "ADJUDICATION";
    default:
      return null;
  }
}

/** Whether the reader holds the further reading, lease or no lease. */
export function holdsSecond(
  now: Pick<CaseStatus, "state" | "secondReaderId">,
  readerId: string,
): boolean {
  return now.state === "SIGNED" && now.secondReaderId === readerId;
}

/** Whether somebody's lease of the further reading runs. */
export function isSecondLeased(
  now: Pick<CaseStatus, "secondReadUntil">,
  at: Date,
): boolean {
  return now.secondReadUntil !== null && now.secondReadUntil > at;
}

/** What a first signature leaves: due where a rule asks for it. */
export function secondAfterFirst(
  reasons: readonly string[],
  now: Date,
): TransitionColumns {
  if (reasons.length === 0) return withoutSecond;
  return {
    ...withoutSecond,
    secondRead: "SECOND_DUE",
    secondReadReasons: [...reasons],
    secondReadDueAt: now,
  };
}

/**
 * The first reader amends beside a second reading. Where both are signed they
 * are compared anew; one that runs goes on and is compared with what stands
 * when it is signed; an adjudication stands.
 */
export function amendBesideSecond(
  now: CaseStatus,
  { agrees, decision }: Of<"amend">,
): TransitionColumns {
  if (agrees === undefined) return {};
  if (now.secondRead === "AGREED" && !agrees)
    return {
      secondRead: "ADJUDICATION_DUE",
      secondReadDueAt: decision.signedAt,
    };
  if (now.secondRead === "ADJUDICATION_DUE" && agrees)
    return { secondRead: "AGREED" };
  return {};
}

export function requestSecond(
  now: CaseStatus,
  command: Of<"request-second">,
): Transition {
  if (now.secondRead !== null) {
    throw new ConflictError(
      "SECOND_READ_EXISTS",
      "A second reading of this case is due already, or was done.",
    );
  }
  return step("case.second-read-asked", {
    columns: secondAfterFirst(["asked"], command.now),
  });
}

export function claimSecond(now: CaseStatus, command: Of<"claim">): Transition {
  const { readerId, until } = command;
  const stage = stageOfSecond(now);
  if (stage === null) return done();
  if (now.secondReaderId === readerId) {
    return step("case.lease-renewed", {
      columns: { secondReadUntil: until },
      reading: "renew",
      stage,
      notice: "CLAIMED",
    });
  }
  if (command.bar) barred(command.bar);
  if (isSecondLeased(now, command.now))
    claimedByAnother({ claimExpiresAt: now.secondReadUntil });
  return step("case.claimed", takenSecond(now, stage, command));
}

/** Of a further reading as of a first: whoever may do it takes it, with a reason. */
export function takeOverSecond(
  now: CaseStatus,
  command: Of<"take-over">,
): Transition {
  const stage = stageOfSecond(now);
  const holderId = now.secondReaderId;
  if (stage === null) return done();
  if (holderId === null || holderId === command.readerId)
    return claimSecond(now, { ...command, kind: "claim" });
  if (command.bar) barred(command.bar);
  return step("case.taken-over", takenSecond(now, stage, command));
}

function takenSecond(
  { secondReaderId }: CaseStatus,
  stage: "SECOND" | "ADJUDICATION",
  { readerId, until }: Of<"claim" | "take-over">,
): Partial<Transition> {
  return {
    columns: {
      secondRead:
        stage === "SECOND" ? "SECOND_READING" : "ADJUDICATION_READING",
      secondReaderId: readerId,
      secondReadUntil: until,
    },
    reading: secondReaderId === null ? "begin" : "hand-over",
    stage,
    notice: "CLAIMED",
  };
}

export function releaseSecond(
  now: CaseStatus,
  { readerId }: Of<"release">,
): Transition {
  if (now.secondReaderId !== readerId) notClaimed();
  return putBack(now);
}

export function expireSecond(
  now: CaseStatus,
  command: Of<"expire">,
): Transition {
  if (now.secondReaderId === null) notClaimed();
  if (isSecondLeased(now, command.now)) {
    throw new ConflictError("LEASE_RUNS", "The lease has not run out.");
  }
  return putBack(now);
}

function putBack(now: CaseStatus): Transition {
  const stage = stageOfSecond(now);
  return step("case.released", {
    columns: {
      ...NOT_HELD,
      secondRead: stage === "SECOND" ? "SECOND_DUE" : "ADJUDICATION_DUE",
    },
    reading: "end",
    notice: "RELEASED",
  });
}

/** Work of who holds the further reading, which renews the lease. */
export function heldSecond(
  event: "reading.opinion-recorded" | "reading.draft-saved",
) {
  return (
    now: CaseStatus,
    { readerId, until }: Of<"record-opinion"> | Of<"save-draft">,
  ): Transition => {
    const stage = stageOfSecond(now);
    if (stage === null || now.secondReaderId !== readerId) return done();
    return step(event, {
      columns: { secondReadUntil: until },
      reading: "renew",
      stage,
      notice: null,
      raisesVersion: false,
    });
  };
}

/** By who reads it further; of anybody else it is a mere look. */
export function revealSecond(
  now: CaseStatus,
  command: Of<"reveal">,
): Transition {
  const stage = stageOfSecond(now);
  const quiet = { notice: null, raisesVersion: false } as const;
  if (stage === null || now.secondReaderId !== command.readerId)
    return step("case.prediction-revealed", { reading: "look", ...quiet });
  if (stage === "SECOND" && command.isClosedToSecond) {
    throw new ConflictError(
      "AI_CLOSED",
      "A second reading is done without the AI, which opens when it is signed.",
    );
  }
  return step("case.prediction-revealed", {
    columns: { secondReadUntil: command.until },
    reading: "renew",
    stage,
    ...quiet,
  });
}

export function signSecond(now: CaseStatus, command: Of<"sign">): Transition {
  const stage = stageOfSecond(now);
  if (stage === null) return done();
  if (now.secondReaderId !== command.readerId) {
    if (isSecondLeased(now, command.now))
      claimedByAnother({ claimExpiresAt: now.secondReadUntil });
    notClaimed();
  }
  if (command.bar) barred(command.bar);
  return step("reading.signed", {
    columns: { ...NOT_HELD, ...afterSecond(stage, command) },
    reading: "sign",
    stage,
    notice: "SIGNED",
  });
}

function afterSecond(
  stage: "SECOND" | "ADJUDICATION",
  { agrees, now }: Of<"sign">,
): TransitionColumns {
  if (stage === "ADJUDICATION") return { secondRead: "ADJUDICATED" };
  if (agrees === true) return { secondRead: "AGREED" };
  return { secondRead: "ADJUDICATION_DUE", secondReadDueAt: now };
}

/** On record, and for good: whoever looks does not read it a second time. */
export function showFirst(
  now: CaseStatus,
  { readerId }: Of<"show-first">,
): Transition {
  if (!isSecondOpen(now)) {
    throw new ConflictError(
      "SECOND_READ_NOT_DUE",
      "No second reading is due: what was signed is open to you.",
    );
  }
  if (now.secondReaderId === readerId) {
    throw new ConflictError(
      "SECOND_READ_HELD",
      "You are reading this case a second time. Put it back first.",
    );
  }
  return step("case.first-reading-shown", {
    reading: "look",
    notice: null,
    raisesVersion: false,
  });
}

const BARS: Readonly<Record<SecondReadBar, string>> = {
  HAS_READ: "You have signed a reading of this case: somebody else reads it.",
  SAW_FIRST: "You were shown what was signed: somebody else reads it.",
  WAS_TOLD:
    "You were told what is critical of it, which is what was signed: somebody else reads it.",
  SAW_AI: "You were shown the AI's answer: somebody else reads it.",
  NOT_SENIOR: "A junior signed this case: a senior reads it a second time.",
};

function barred(bar: SecondReadBar): never {
  // Of a code of its own: there is nothing that he did or saw.
  const code = bar === "NOT_SENIOR" ? "SENIOR_REQUIRED" : "SECOND_READ_BARRED";
  throw new ConflictError(code, BARS[bar], { details: { bar } });
}
