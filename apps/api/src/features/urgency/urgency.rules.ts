import {
  isPastCeiling,
  rankOf,
  URGENCY_LADDER,
  type FlagEffect,
  type PolicyDocument,
  type UrgencyName,
} from "../policies/policy-document.ts";

/** What the AI says of the film, as far as urgency cares. */
export type UrgencyAssessment =
  | { state: "pending" }
  /** A control case: whatever the AI says does not place it. */
  | { state: "control" }
  /** The gate refused the film or the job failed: a human looks. */
  | { state: "not-assessed"; reason: string }
  /** Calibrated probability of pneumonia and its threshold, both 0…1. */
  | { state: "assessed"; probability: number; threshold: number };

export interface UrgencyInput {
  assessment: UrgencyAssessment;
  clinicalFlags: readonly string[];
  /** At the examination; `null` where unknown. */
  ageYears: number | null;
  /** A signed film of the patient within the follow-up window showed pneumonia. */
  priorPneumonia: boolean;
  /** Since it came in; `null` while it does not wait. */
  waitedMinutes: number | null;
  /** Beside an assessed film lies one whose job failed for good. */
  hasFailedFilm: boolean;
  /** Why somebody wants it read now: a code; null where nobody does. */
  escalated: string | null;
  /** Codes to pass on: `unknown-patient`, `patient-mismatch`. */
  notes: readonly string[];
}

export interface UrgencyResult {
  urgency: UrgencyName;
  /** Codes with values, strongest first: `ai:91`, `flag:fever`, `waited`. */
  reasons: string[];
}

/** Reason of a case past the ceiling of its class. */
export const WAITED = "waited";

/**
 * Where a case stands on the worklist and why, by the site's policy. Rules,
 * in order: the AI's answer places the film; one step up each for a flag that
 * raises and, where the film is positive, for a vulnerable age; an acute flag
 * lifts to the highest class that the film may have; a negative film never
 * passes its highest class; a follow-up and a second film that nobody could
 * assess lift to theirs; waiting past the ceiling of the class reached so far
 * lifts whatever the AI says; and so does, by one step more, somebody who wants
 * the case read now.
 */
export function urgencyOf(
  input: UrgencyInput,
  policy: PolicyDocument,
): UrgencyResult {
  const { urgency: rules } = policy;
  const reasons: string[] = [];
  const { assessment } = input;
  const isPositive =
    assessment.state === "assessed" &&
    assessment.probability >= assessment.threshold;
  const isNegative = assessment.state === "assessed" && !isPositive;
  const highest = isNegative ? rankOf(rules.negativeAtMost) : 0;
  let rank = placeByAi(assessment, policy, reasons);

  const acute = flagsOf(input, policy, "acute");
  const raising = flagsOf(input, policy, "raises");
  if (raising.length > 0) rank -= 1;
  if (acute.length > 0) rank = highest;
  reasons.push(...[...acute, ...raising].map((flag) => `flag:${flag}`));

  const age = vulnerableAge(input.ageYears, policy);
  if (age !== null && isPositive) {
    rank -= 1;
    reasons.push(age);
  }
  if (input.priorPneumonia) {
    rank = Math.min(rank, rankOf(rules.followUp));
    reasons.push("prior-positive");
  }
  if (input.hasFailedFilm && assessment.state !== "control") {
    rank = Math.min(rank, rankOf(rules.notAssessed));
    reasons.push("not-assessed:error");
  }
  const reached = classAt(Math.max(rank, highest));
  const isOverdue =
    input.waitedMinutes !== null &&
    isPastCeiling(policy, reached, input.waitedMinutes);
  if (isOverdue) reasons.push(WAITED);
  if (input.escalated !== null) reasons.push(escalationOf(input.escalated));
  reasons.push(...input.notes);
  const placed = isOverdue ? sicker(reached, rules.waited) : reached;
  return {
    urgency: input.escalated === null ? placed : oneUp(placed),
    reasons,
  };
}

/** The reason of a case that somebody wants read now. */
export function escalationOf(code: string): string {
  return `escalated:${code}`;
}

/** The next more urgent class. */
export function oneUp(from: UrgencyName): UrgencyName {
  return classAt(rankOf(from) - 1);
}

/** The more urgent of two classes. */
export function sicker(one: UrgencyName, other: UrgencyName): UrgencyName {
  return rankOf(one) <= rankOf(other) ? one : other;
}

function placeByAi(
  assessment: UrgencyAssessment,
  { urgency: rules }: PolicyDocument,
  reasons: string[],
): number {
  switch (assessment.state) {
    case "pending":
    case "control":
      reasons.push(assessment.state);
      return rankOf(rules.pending);
    case "not-assessed":
      reasons.push(`not-assessed:${assessment.reason}`);
      return rankOf(rules.notAssessed);
    case "assessed": {
      const { probability, threshold } = assessment;
      reasons.push(`ai:${String(Math.round(probability * 100))}`);
      if (probability < threshold) return rankOf(rules.negative);
      const isStrong = probability >= rules.strongProbability;
      return rankOf(isStrong ? rules.strong : rules.positive);
    }
  }
}

function classAt(rank: number): UrgencyName {
  return URGENCY_LADDER[Math.max(rank, 0)] ?? "CRITICAL";
}

function flagsOf(
  { clinicalFlags }: UrgencyInput,
  { urgency: { flags } }: PolicyDocument,
  effect: FlagEffect,
): string[] {
  const those = new Set(
    flags.filter((entry) => entry.effect === effect).map(({ flag }) => flag),
  );
  return clinicalFlags.filter((flag) => those.has(flag));
}

function vulnerableAge(
  ageYears: number | null,
  { urgency: { infantBelowYears, oldFromYears } }: PolicyDocument,
): string | null {
  if (ageYears === null) return null;
  if (ageYears < infantBelowYears) return "age:infant";
  return ageYears >= oldFromYears
    ? `age:${String(Math.floor(ageYears))}`
    : null;
}
