import { ConflictError } from "../../errors.ts";
import { withoutSecond } from "./second-read.machine.ts";
import { assignedTo } from "./case.assignment.ts";
import { awaitsRetake, step } from "./case.transition.ts";
import type {
  CaseCommand,
  CaseStatus,
  Transition,
  TransitionColumns,
} from "./case.transition.ts";

/** Cells of the case's machine about the films that come to it and leave it. */

type Of<Kind extends CaseCommand["kind"]> = Extract<
  CaseCommand,
  { kind: Kind }
>;

/** A film of an unread case: what the AI could not assess it may now. */
export function addFilm(now: CaseStatus): Transition {
  const columns: TransitionColumns =
    now.assessment === "NOT_ASSESSED"
      ? { assessment: "PENDING", notAssessedReason: null }
      : {};
  return step("case.film-added", { columns });
}

/** Nobody has seen this film, so the case is read again, by its signer. */
export function reopen(now: CaseStatus, command: Of<"add-film">): Transition {
  const { columns } = addFilm(now);
  return step("case.reopened", {
    columns: {
      ...columns,
      ...readAgain(command),
      // Whatever film it is: the case is read again with it.
      ...(awaitsRetake(now) ? { retakeDoneAt: command.now } : {}),
    },
    // Whoever reads it a second time reads what no longer stands.
    reading: "end",
  });
}

/** A case without films has one again; who signed it before reads it. */
export function refill(now: CaseStatus, command: Of<"add-film">): Transition {
  const { columns } = addFilm(now);
  return step("case.film-added", {
    columns: {
      ...columns,
      ...(command.signerId === null
        ? { state: "WAITING", arrivedAt: command.now }
        : readAgain(command)),
    },
  });
}

/** A film leaves a case that nobody has signed. */
export function loseFilm(
  now: CaseStatus,
  command: Of<"lose-film">,
): Transition {
  if (!command.isLast) return step("case.film-left");
  return step("case.film-left", {
    columns: EMPTIED,
    // Who holds it has nothing left to read.
    reading: now.state === "READING" ? "end" : "none",
  });
}

/** What was signed was said of a film that is no longer the case's. */
export function loseSignedFilm(
  _now: CaseStatus,
  command: Of<"lose-film">,
): Transition {
  return step("case.film-left", {
    columns: command.isLast
      ? { ...readAgain(command), ...EMPTIED }
      : readAgain(command),
    reading: "end",
  });
}

/** Whoever reads the case sees the film as it lies now. */
export function turnFilm(
  now: CaseStatus,
  command: Of<"turn-film">,
): Transition {
  const columns = command.isAskedAgain ? addFilm(now).columns : {};
  return step("case.film-turned", { columns });
}

/** Sides that were signed of a film that lies otherwise may be wrong. */
export function turnSignedFilm(
  now: CaseStatus,
  command: Of<"turn-film">,
): Transition {
  if (!command.isReadAgain) return step("case.film-turned");
  const { columns } = addFilm(now);
  return step("case.film-turned", {
    columns: { ...columns, ...readAgain(command) },
    reading: "end",
  });
}

/** What can be asked of a case whose films are all gone: whose it is. */
export const OF_ANY_CASE: readonly CaseCommand["kind"][] = [
  "place",
  "rename",
  "move",
  "correct",
];

/** Refuses work on a case whose films are all gone. */
export function empty(): never {
  throw new ConflictError(
    "CASE_EMPTY",
    "No film is left in this study: there is nothing to read.",
  );
}

/** What a case has that was signed and is to be read anew, by its signer. */
function readAgain({
  now,
  signerId,
}: Of<"add-film" | "lose-film" | "turn-film">): TransitionColumns {
  return {
    state: "WAITING",
    signedAt: null,
    decidedLabel: null,
    agreesWithAi: null,
    ...assignedTo({ assigneeId: signerId, poolId: null, rule: null }, now),
    arrivedAt: now,
    reopenedAt: now,
    // Who wanted it read now meant the reading that was signed.
    escalatedAt: null,
    escalateReason: null,
    ...withoutSecond,
  };
}

const EMPTIED = {
  state: "EMPTY",
  claimedById: null,
  claimExpiresAt: null,
  assigneeId: null,
  poolId: null,
  assignedAt: null,
  assignmentRule: null,
  escalatedAt: null,
  escalateReason: null,
  preliminaryAt: null,
  reopenedAt: null,
  retakeAskedAt: null,
  retakeDoneAt: null,
  retakeReason: null,
} as const satisfies TransitionColumns;
