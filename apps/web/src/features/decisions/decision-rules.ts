import type {
  ChangeReason,
  Decision,
  Label,
  NotDiagnosticReason,
  OverrideReason,
} from "../../gql/graphql.ts";

/** What a radiologist may say a film shows, in the order of keys 1 to 4. */
export const LABELS = [
  "NORMAL",
  "PNEUMONIA",
  "OTHER",
  "NOT_DIAGNOSTIC",
] as const satisfies readonly Label[];

/** Why a film answers nothing. */
export const NOT_DIAGNOSTIC_REASONS = [
  "WRONG_EXAMINATION",
  "WRONG_PATIENT",
  "QUALITY",
  "POSITION",
  "INCOMPLETE",
  "OTHER",
] as const satisfies readonly NotDiagnosticReason[];

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
] as const satisfies readonly OverrideReason[];

/** What can change a reader's mind, the likeliest first. */
export const CHANGE_REASONS = [
  "SECOND_LOOK",
  "REGION_SHOWN",
  "PRIOR_FILM",
  "CLINICAL_CONTEXT",
  "OTHER",
] as const satisfies readonly ChangeReason[];

interface FindingLike {
  readonly isLeading: boolean;
  readonly positive: boolean;
}

interface PredictionLike<F> {
  readonly assessed: boolean;
  readonly findings: readonly F[];
}

/** What the AI answers to the question that a label answers too. */
export type Suggestion = "positive" | "negative";

/** The finding that a label answers; null where nothing was assessed. */
export function leadingFinding<F extends Pick<FindingLike, "isLeading">>(
  prediction: PredictionLike<F> | null | undefined,
): F | null {
  if (!prediction?.assessed) return null;
  return prediction.findings.find(({ isLeading }) => isLeading) ?? null;
}

/**
 * What the AI suggests by the prediction that the case shows, or null where
 * it says nothing: no film was assessed, so the reader decides alone.
 */
export function suggestionOf(
  shown: PredictionLike<FindingLike> | null | undefined,
): Suggestion | null {
  const finding = leadingFinding(shown);
  if (finding === null) return null;
  return finding.positive ? "positive" : "negative";
}

/**
 * Whether a label agrees with the AI. Another finding does not contradict a
 * negative AI: it was asked about pneumonia only. A film that is not
 * diagnostic agrees with nothing.
 */
export function labelAgrees(label: Label, suggestion: Suggestion): boolean {
  if (label === "NOT_DIAGNOSTIC") return false;
  return (label === "PNEUMONIA") === (suggestion === "positive");
}

/**
 * Whether reader and AI differ: then neither is followed by a single key
 * without a reason. Without an opinion there is nothing to go against.
 */
export function opinionsDiffer(
  opinion: Label | null,
  suggestion: Suggestion | null,
): boolean {
  if (opinion === null || suggestion === null) return false;
  return !labelAgrees(opinion, suggestion);
}

/**
 * The decision that a label leads to: what agrees with the AI confirms it,
 * all else overrides it, and without a suggestion, or an answer of one's own,
 * there is nothing to do either with.
 */
export function decisionFor(
  label: Label,
  suggestion: Suggestion | null,
): Decision {
  if (suggestion === null || label === "NOT_DIAGNOSTIC") return "INDEPENDENT";
  return labelAgrees(label, suggestion) ? "CONFIRM" : "OVERRIDE";
}

/**
 * What is signed when the reader follows the AI: the reader's own label where
 * it agrees already ("other finding" with a negative AI), else the AI's.
 */
export function confirmedLabel(
  label: Label | null,
  suggestion: Suggestion,
): Label {
  if (label !== null && labelAgrees(label, suggestion)) return label;
  return suggestion === "positive" ? "PNEUMONIA" : "NORMAL";
}

/**
 * Reasons that can be true of an override, the likeliest first; the API
 * refuses the rest. A false alarm needs an alarm, a miss needs a pneumonia
 * that was missed. A label that agrees can be overridden only for where the
 * AI pointed, or for what else is on the film.
 */
export function overrideReasonsFor(
  label: Label,
  suggestion: Suggestion,
): readonly OverrideReason[] {
  if (label === "NOT_DIAGNOSTIC") return [];
  if (labelAgrees(label, suggestion)) {
    if (label === "PNEUMONIA") return ["WRONG_REGION"];
    return label === "OTHER" ? ["OTHER_FINDING"] : [];
  }
  const first = label === "OTHER" ? "OTHER_FINDING" : MISTAKE[suggestion];
  const possible = OVERRIDE_REASONS.filter((reason) => {
    if (reason === "OTHER_FINDING") return label === "OTHER";
    if (reason === "WRONG_REGION" || reason === "MISSED_BY_AI") return false;
    if (reason === "FALSE_POSITIVE" || reason === "OTHER_CAUSE")
      return suggestion === "positive";
    if (reason === "FALSE_NEGATIVE" || reason === "TOO_EARLY")
      return suggestion === "negative";
    return true;
  });
  return [first, ...possible.filter((reason) => reason !== first)];
}

const MISTAKE = {
  positive: "FALSE_POSITIVE",
  negative: "FALSE_NEGATIVE",
} as const;

/**
 * What of an answer that the label agrees with may not hold, the likeliest
 * first; the API refuses the rest.
 */
export function partlyReasonsFor(
  label: Label,
  suggestion: Suggestion,
): readonly OverrideReason[] {
  if (!labelAgrees(label, suggestion)) return [];
  return PARTLY_REASONS.filter((reason) => {
    if (reason === "MISSED_BY_AI") return label !== "NORMAL";
    const isOfPositive =
      reason === "WRONG_REGION" ||
      reason === "OTHER_CAUSE" ||
      reason === "TOO_EARLY";
    return !isOfPositive || suggestion === "positive";
  });
}

const PARTLY_REASONS = [
  "WRONG_REGION",
  "MISSED_BY_AI",
  "OTHER_CAUSE",
  "TOO_EARLY",
  "ARTEFACT",
  "TECHNIQUE",
  "POOR_QUALITY",
  "OTHER",
] as const satisfies readonly OverrideReason[];

/** Labels with which the AI's suggestion can be overridden. */
export function overridingLabels(suggestion: Suggestion): readonly Label[] {
  return LABELS.filter(
    (label) => overrideReasonsFor(label, suggestion).length > 0,
  );
}

/** A decision as far as the reader has come with it. */
export interface DecisionDraft {
  readonly label: Label | null;
  readonly decision: Decision | null;
  readonly overrideReason: OverrideReason | null;
  readonly changeReason?: ChangeReason | null;
  readonly notDiagnosticReason?: NotDiagnosticReason | null;
  /** Findings that deny the label. */
  readonly hasContradiction?: boolean;
  /** The AI is about to be followed against the reader's own opinion. */
  readonly isChange?: boolean;
  readonly comment: string;
}

/** What is still missing before a report may be signed. */
export type MissingPart =
  | "label"
  | "findings"
  | "decision"
  | "overrideReason"
  | "changeReason"
  | "notDiagnosticReason"
  | "commentForNotDiagnostic"
  | "commentForOther"
  | "commentForChange";

/**
 * Everything that keeps a decision from being signed, in the order of the
 * steps. "Other" as a reason says nothing by itself, so it wants a comment.
 */
export function missingParts(draft: DecisionDraft): MissingPart[] {
  if (draft.label === null) return ["label"];
  if (draft.hasContradiction) return ["findings"];
  const hasComment = draft.comment.trim() !== "";
  if (draft.label === "NOT_DIAGNOSTIC") {
    if (!draft.notDiagnosticReason) return ["notDiagnosticReason"];
    const isUnsaid = draft.notDiagnosticReason === "OTHER" && !hasComment;
    return isUnsaid ? ["commentForNotDiagnostic"] : [];
  }
  if (draft.decision === null) return ["decision"];
  const follows = draft.decision === "CONFIRM" || draft.decision === "PARTLY";
  if (follows && draft.isChange) {
    if (!draft.changeReason) return ["changeReason"];
    if (draft.changeReason === "OTHER" && !hasComment)
      return ["commentForChange"];
  }
  if (draft.decision !== "OVERRIDE" && draft.decision !== "PARTLY") return [];
  if (draft.overrideReason === null) return ["overrideReason"];
  const needsComment = draft.overrideReason === "OTHER" && !hasComment;
  return needsComment ? ["commentForOther"] : [];
}
