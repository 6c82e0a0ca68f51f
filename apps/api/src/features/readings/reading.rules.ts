import type { Decision, Label } from "@lung-iris/prisma";
import { BadInputError, ConflictError } from "../../errors.ts";

/** What a reader says the film shows. */
export const LABELS = [
  "NORMAL",
  "PNEUMONIA",
  "OTHER",
  "NOT_DIAGNOSTIC",
] as const;
/** How a label stands to the AI's answer. */
export const DECISIONS = ["CONFIRM", "OVERRIDE", "INDEPENDENT"] as const;

/** Why a reader did not follow the AI; with what each needs to hold. */
export const OVERRIDE_REASONS = [
  "FALSE_POSITIVE",
  "FALSE_NEGATIVE",
  "OTHER_FINDING",
  "OTHER_CAUSE",
  "TOO_EARLY",
  "ARTEFACT",
  "TECHNIQUE",
  "WRONG_REGION",
  "POOR_QUALITY",
  "CLINICAL_CONTEXT",
  "OTHER",
] as const;
export type OverrideReason = (typeof OVERRIDE_REASONS)[number];

/** Why a reader follows the AI against his own opinion of before. */
export const CHANGE_REASONS = [
  "SECOND_LOOK",
  "REGION_SHOWN",
  "PRIOR_FILM",
  "CLINICAL_CONTEXT",
  "OTHER",
] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

/** What the AI says of the case; null where it has not assessed it. */
export type AiOpinion = { positive: boolean } | null;

export interface DecisionInput {
  label: Label;
  decision: Decision;
  overrideReason: OverrideReason | null;
  changeReason: ChangeReason | null;
  comment: string | null;
}

/** Longest comment and reason of an amendment, in characters. */
export const MAX_TEXT = 4_000;

/**
 * Whether label and AI agree on the one question the AI answers: is there
 * pneumonia? A negative AI is not contradicted by another finding. A film
 * that is not diagnostic agrees with nothing.
 */
export function labelAgrees(label: Label, ai: { positive: boolean }): boolean {
  if (label === "NOT_DIAGNOSTIC") return false;
  return (label === "PNEUMONIA") === ai.positive;
}

/**
 * Whether a confirmation goes against what the reader said before the AI was
 * shown. That is as deliberate a step as going against the AI.
 */
export function changesOpinion(
  decision: Decision,
  opinion: Label | null,
  ai: AiOpinion,
): boolean {
  if (decision !== "CONFIRM" || opinion === null || ai === null) return false;
  return !labelAgrees(opinion, ai);
}

/**
 * Refuses a signature that leaves the reader's own opinion without a word, and
 * a reason for a change that is none.
 *
 * @throws CHANGE_REASON_REQUIRED, DECISION_MISMATCH or BAD_USER_INPUT.
 */
export function assertChangeExplained(
  { decision, changeReason, comment }: DecisionInput,
  opinion: Label | null,
  ai: AiOpinion,
): void {
  if (!changesOpinion(decision, opinion, ai)) {
    if (changeReason !== null)
      mismatch("Only a changed opinion has a reason for the change.");
    return;
  }
  if (changeReason === null) {
    throw new ConflictError(
      "CHANGE_REASON_REQUIRED",
      "You saw it otherwise before the AI: choose what changed your mind.",
    );
  }
  if (changeReason === "OTHER" && (comment ?? "").trim() === "") {
    throw new BadInputError("Say in a comment what changed your mind.", [
      "input.comment",
    ]);
  }
}

/**
 * Refuses a decision that contradicts itself, so that the statistics of
 * agreement and the exported labels mean what they say.
 *
 * @throws DECISION_MISMATCH, OVERRIDE_REASON_REQUIRED or BAD_USER_INPUT.
 */
export function assertConsistent(input: DecisionInput, ai: AiOpinion): void {
  const { decision, overrideReason, comment } = input;
  if ((comment ?? "").length > MAX_TEXT) {
    throw new BadInputError(
      `A comment has at most ${String(MAX_TEXT)} characters.`,
      ["input.comment"],
    );
  }
  if (decision !== "OVERRIDE" && overrideReason !== null)
    mismatch("Only an override has a reason.");
  // What such a film may say is asked in not-diagnostic.rules.ts.
  if (input.label === "NOT_DIAGNOSTIC") return;
  if (ai === null) {
    if (decision !== "INDEPENDENT")
      mismatch(
        "The AI has not assessed this case: there is nothing to answer.",
      );
    return;
  }
  if (decision === "INDEPENDENT")
    mismatch("The AI has assessed this case: confirm or override it.");
  if (decision === "OVERRIDE") assertOverride(input, ai);
  else if (!labelAgrees(input.label, ai))
    mismatch("The label contradicts the AI: that is an override.");
}

function assertOverride(input: DecisionInput, ai: { positive: boolean }): void {
  const { label, overrideReason: reason } = input;
  if (reason === null) {
    throw new ConflictError(
      "OVERRIDE_REASON_REQUIRED",
      "Choose why you do not follow the AI.",
    );
  }
  if (reason === "FALSE_POSITIVE" && (!ai.positive || label === "PNEUMONIA"))
    mismatch("A false positive is a film without pneumonia called positive.");
  if (reason === "FALSE_NEGATIVE" && (ai.positive || label !== "PNEUMONIA"))
    mismatch("A false negative is a film with pneumonia called negative.");
  if (reason === "OTHER_CAUSE" && (!ai.positive || label === "PNEUMONIA"))
    mismatch("Another cause is that of an opacity called pneumonia.");
  if (reason === "TOO_EARLY" && (ai.positive || label !== "PNEUMONIA"))
    mismatch("Too early is a pneumonia that the AI cannot see yet.");
  if (reason === "OTHER_FINDING" && label !== "OTHER")
    mismatch("Another finding goes with the label “other”.");
  if (reason === "OTHER" && (input.comment ?? "").trim() === "") {
    throw new BadInputError("Say in a comment why you do not follow the AI.", [
      "input.comment",
    ]);
  }
  // A label that agrees can still be overridden for where the AI pointed or
  // for what else the film shows, but not for anything that denies it.
  const mayAgree = reason === "WRONG_REGION" || reason === "OTHER_FINDING";
  if (labelAgrees(label, ai) && !mayAgree)
    mismatch("The label agrees with the AI: confirm it instead.");
}

function mismatch(message: string): never {
  throw new ConflictError("DECISION_MISMATCH", message);
}

/** Whether a decision counts as agreement; null where the AI said nothing. */
export function agreement(decision: Decision): boolean | null {
  return decision === "INDEPENDENT" ? null : decision === "CONFIRM";
}
