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
export const DECISIONS = [
  "CONFIRM",
  "PARTLY",
  "OVERRIDE",
  "INDEPENDENT",
] as const;

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
  "MISSED_BY_AI",
  "POOR_QUALITY",
  "CLINICAL_CONTEXT",
  "OTHER",
] as const;
export type OverrideReason = (typeof OVERRIDE_REASONS)[number];

/** What of an answer that the label agrees with may not hold. */
export const PARTLY_REASONS: readonly OverrideReason[] = [
  "WRONG_REGION",
  "MISSED_BY_AI",
  "OTHER_CAUSE",
  "TOO_EARLY",
  "ARTEFACT",
  "TECHNIQUE",
  "POOR_QUALITY",
  "OTHER",
];

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
  const follows = decision === "CONFIRM" || decision === "PARTLY";
  if (!follows || opinion === null || ai === null) return false;
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
  const hasReason = decision === "OVERRIDE" || decision === "PARTLY";
  if (!hasReason && overrideReason !== null)
    mismatch(
      "Only an override, or an answer that holds in part, has a reason.",
    );
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
  else if (decision === "PARTLY") assertPartly(input, ai);
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
  if (reason === "MISSED_BY_AI")
    mismatch("What the AI missed beside its answer leaves that in part.");
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

/** The label agrees with the AI, and the reason can be true of its answer. */
function assertPartly(input: DecisionInput, ai: { positive: boolean }): void {
  const { label, overrideReason: reason } = input;
  if (reason === null) {
    throw new ConflictError(
      "OVERRIDE_REASON_REQUIRED",
      "Choose what of the AI's answer does not hold.",
    );
  }
  if (!labelAgrees(label, ai))
    mismatch("The label contradicts the AI: that is an override.");
  if (!PARTLY_REASONS.includes(reason))
    mismatch("That reason denies the AI's answer: override it.");
  const ofPositive =
    reason === "WRONG_REGION" ||
    reason === "OTHER_CAUSE" ||
    reason === "TOO_EARLY";
  if (ofPositive && !ai.positive)
    mismatch("That can be said of a positive answer only.");
  if (reason === "MISSED_BY_AI" && label === "NORMAL")
    mismatch("On a normal film nothing was missed.");
  if (reason === "OTHER" && (input.comment ?? "").trim() === "") {
    throw new BadInputError("Say in a comment what does not hold.", [
      "input.comment",
    ]);
  }
}

function mismatch(message: string): never {
  throw new ConflictError("DECISION_MISMATCH", message);
}

/**
 * Whether a decision counts as agreement with the AI's answer; null where the
 * AI said nothing. An answer that holds in part is agreed with: what does not
 * hold stands in its reason.
 */
export function agreement(decision: Decision): boolean | null {
  if (decision === "INDEPENDENT") return null;
  return decision !== "OVERRIDE";
}
