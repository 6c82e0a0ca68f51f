import { ConflictError } from "../../errors.ts";
import { notClaimed, step } from "./case.transition.ts";
import type {
  CaseCommand,
  CaseStatus,
  KeptDraft,
  Transition,
} from "./case.transition.ts";

/**
 * Cells of the case's machine about drafts that are given along. Only first
 * readings have them: nobody knows of another's further one.
 */

type Of<Kind extends CaseCommand["kind"]> = Extract<
  CaseCommand,
  { kind: Kind }
>;

/** To the holder; of a waiting case, to whom it is assigned. */
export function giveDraft(
  now: CaseStatus,
  { readerId, toId, draft }: Of<"give-draft">,
): Transition {
  if (now.isControl) {
    throw new ConflictError(
      "AI_CLOSED",
      "This case is read without the AI, and without what others say of it.",
    );
  }
  if (draft === null) {
    throw new ConflictError("NO_DRAFT", "You have kept no draft of this case.");
  }
  if (toId === readerId || toId !== (now.claimedById ?? now.assigneeId)) {
    throw new ConflictError(
      "NOT_THE_HOLDER",
      "A draft goes to who holds the case now. Load it anew.",
    );
  }
  if (draft.givenToId === toId) {
    throw new ConflictError(
      "DRAFT_GIVEN",
      "You have given this draft already.",
    );
  }
  return noted("reading.draft-given");
}

export function takeBackDraft(
  _now: CaseStatus,
  { draft }: Of<"take-back-draft">,
): Transition {
  if (!draft?.givenToId) notGiven();
  return noted("reading.draft-taken-back");
}

export function takeDraft(
  now: CaseStatus,
  { takerId, draft }: Of<"take-draft">,
): Transition {
  assertOffered(now, draft, takerId);
  return noted("reading.draft-taken");
}

/** It stays given, so that its author sees what became of it. */
export function leaveDraft(
  now: CaseStatus,
  { leaverId, draft }: Of<"leave-draft">,
): Transition {
  assertOffered(now, draft, leaverId);
  return noted("reading.draft-left");
}

/** To who holds the case, and he has not answered yet. */
function assertOffered(
  now: CaseStatus,
  draft: KeptDraft | null,
  holderId: string,
): void {
  if (now.claimedById !== holderId) notClaimed();
  if (draft?.givenToId !== holderId || draft.isLeft) notGiven();
}

/** The pages of both are told; what a signature relies on is as before. */
function noted(
  event:
    | "reading.draft-given"
    | "reading.draft-taken-back"
    | "reading.draft-taken"
    | "reading.draft-left",
): Transition {
  return step(event, { reading: "note", raisesVersion: false });
}

function notGiven(): never {
  throw new ConflictError(
    "DRAFT_NOT_GIVEN",
    "There is no draft to take: it was taken, left, or taken back.",
  );
}
