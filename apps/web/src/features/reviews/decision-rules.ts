import type { Decision, Label, OverrideReason } from "../../gql/graphql.ts";

/** What a radiologist may say a film shows, in the order of keys 1 to 3. */
export const LABELS = [
  "NORMAL",
  "PNEUMONIA",
  "OTHER",
] as const satisfies readonly Label[];

export const OVERRIDE_REASONS = [
  "FALSE_POSITIVE",
  "FALSE_NEGATIVE",
  "OTHER_FINDING",
  "ARTEFACT",
  "WRONG_REGION",
  "POOR_QUALITY",
  "CLINICAL_CONTEXT",
  "OTHER",
] as const satisfies readonly OverrideReason[];

interface FindingLike {
  readonly code: string;
  readonly positive: boolean;
}

interface PredictionLike {
  readonly assessed: boolean;
  readonly findings: readonly FindingLike[];
}

/** The finding whose probability the desk is built around. */
export const PNEUMONIA_CODE = "pneumonia";

/**
 * What the AI suggests a study shows, or null where it says nothing: no film
 * was assessed, so the reader decides alone. One positive film is enough.
 */
export function suggestedLabel(
  predictions: readonly (PredictionLike | null | undefined)[],
): "NORMAL" | "PNEUMONIA" | null {
  const findings = predictions.flatMap((prediction) =>
    prediction?.assessed
      ? prediction.findings.filter(({ code }) => code === PNEUMONIA_CODE)
      : [],
  );
  if (findings.length === 0) return null;
  return findings.some(({ positive }) => positive) ? "PNEUMONIA" : "NORMAL";
}

/**
 * The one decision that fits a label: what agrees with the AI's suggestion
 * confirms it, all else overrides it, and without a suggestion there is
 * nothing to do either with.
 */
export function decisionFor(
  label: Label,
  suggestion: "NORMAL" | "PNEUMONIA" | null,
): Decision {
  if (suggestion === null) return "INDEPENDENT";
  return label === suggestion ? "CONFIRM" : "OVERRIDE";
}

/** Labels with which the AI's suggestion can be overridden. */
export function overridingLabels(
  suggestion: "NORMAL" | "PNEUMONIA",
): readonly Label[] {
  return LABELS.filter((label) => label !== suggestion);
}

/**
 * Reasons that can be true of an override, the likeliest first: a false alarm
 * needs an alarm, a miss needs a pneumonia that the AI did not suggest.
 */
export function overrideReasonsFor(
  label: Label,
  suggestion: "NORMAL" | "PNEUMONIA",
): readonly OverrideReason[] {
  const first = likeliestReason(label, suggestion);
  const possible = OVERRIDE_REASONS.filter((reason) => {
    if (reason === "FALSE_POSITIVE") return suggestion === "PNEUMONIA";
    if (reason === "FALSE_NEGATIVE") return label === "PNEUMONIA";
    if (reason === "WRONG_REGION") return suggestion === "PNEUMONIA";
    return true;
  });
  return [first, ...possible.filter((reason) => reason !== first)];
}

function likeliestReason(
  label: Label,
  suggestion: "NORMAL" | "PNEUMONIA",
): OverrideReason {
  if (label === "OTHER") return "OTHER_FINDING";
  return suggestion === "PNEUMONIA" ? "FALSE_POSITIVE" : "FALSE_NEGATIVE";
}

/** A decision as far as the reader has come with it. */
export interface DecisionDraft {
  readonly label: Label | null;
  readonly decision: Decision | null;
  readonly overrideReason: OverrideReason | null;
  readonly comment: string;
}

/** What is still missing before a report may be signed. */
export type MissingPart =
  "label" | "decision" | "overrideReason" | "commentForOther";

/**
 * Everything that keeps a decision from being signed, in the order of the
 * steps. "Other" as a reason says nothing by itself, so it wants a comment.
 */
export function missingParts(draft: DecisionDraft): MissingPart[] {
  if (draft.label === null) return ["label"];
  if (draft.decision === null) return ["decision"];
  if (draft.decision !== "OVERRIDE") return [];
  if (draft.overrideReason === null) return ["overrideReason"];
  const needsComment =
    draft.overrideReason === "OTHER" && draft.comment.trim() === "";
  return needsComment ? ["commentForOther"] : [];
}
