import { CLINICAL_FLAGS, isClinicalFlag } from "../patients/clinical-flags.ts";

export type UrgencyName = "CRITICAL" | "URGENT" | "SOON" | "ROUTINE";

/** What the AI says of the film, as far as triage cares. */
export type TriageAssessment =
  | { state: "pending" }
  /** The gate refused the film or the job failed: a human looks. */
  | { state: "not-assessed"; reason: string }
  /** Calibrated probability of pneumonia and its threshold, both 0…1. */
  | { state: "assessed"; probability: number; threshold: number };

export interface TriageInput {
  assessment: TriageAssessment;
  clinicalFlags: readonly string[];
  /** At the examination; `null` where unknown. */
  ageYears: number | null;
  /** The patient's last signed film within six weeks showed pneumonia. */
  priorPneumonia: boolean;
  /** The case has waited longer than the ceiling. */
  waitedTooLong: boolean;
  /** Beside an assessed film lies one whose job failed for good. */
  hasFailedFilm: boolean;
  /** Codes to pass on: `unknown-patient`, `patient-mismatch`. */
  notes: readonly string[];
}

export interface TriageResult {
  urgency: UrgencyName;
  /** Codes with values, strongest first: `ai:91`, `flag:fever`, `waited`. */
  reasons: string[];
}

const LADDER = ["CRITICAL", "URGENT", "SOON", "ROUTINE"] as const;
const CRITICAL = 0;
const URGENT = 1;
const SOON = 2;
const ROUTINE = 3;

/** Nine in ten such films have a pneumonia: calibrated, so a plain number. */
const STRONG_PROBABILITY = 0.9;
/** CRB-65 (Lim 2003) counts an age of 65 or more as a risk of its own. */
const OLD_AGE_YEARS = 65;
/** Most deaths of children from pneumonia fall in the first year (WHO). */
const INFANT_BELOW_YEARS = 1;
/** How long a case may wait before it rises; the worklist's ceiling. */
export const WAITING_CEILING_MINUTES = 120;
/** A film within this time of a signed pneumonia is a follow-up. */
export const FOLLOW_UP_DAYS = 42;

/**
 * Where a case stands on the worklist and why. Rules, in order:
 * the AI places the film (strong: urgent, positive: soon, negative: routine;
 * not assessed: urgent; not yet: soon); one step up each for a flag that
 * makes pneumonia likelier and for a vulnerable age; an acute flag lifts to
 * urgent, with anything but a negative film to critical; a negative film
 * never passes urgent; waiting past the ceiling, or a second film that
 * nobody could assess, lifts to urgent.
 */
export function triage(input: TriageInput): TriageResult {
  const reasons: string[] = [];
  const { assessment } = input;
  let rank = placeByAi(assessment, reasons);
  const isNegative = rank === ROUTINE;
  const isPositive = assessment.state === "assessed" && !isNegative;

  const flags = input.clinicalFlags.filter(isClinicalFlag);
  const raising = flags.filter((flag) => CLINICAL_FLAGS[flag] === "raises");
  const acute = flags.filter((flag) => CLINICAL_FLAGS[flag] === "acute");
  if (raising.length > 0) rank -= 1;
  if (acute.length > 0) rank = isNegative ? URGENT : CRITICAL;
  reasons.push(...[...acute, ...raising].map((flag) => `flag:${flag}`));

  const age = vulnerableAge(input.ageYears);
  if (age !== null && isPositive) {
    rank -= 1;
    reasons.push(age);
  }
  if (input.priorPneumonia) {
    rank = Math.min(rank, SOON);
    reasons.push("prior-positive");
  }
  if (input.waitedTooLong) {
    rank = Math.min(rank, URGENT);
    reasons.push("waited");
  }
  if (input.hasFailedFilm) {
    rank = Math.min(rank, URGENT);
    reasons.push("not-assessed:error");
  }
  reasons.push(...input.notes);
  const floor = isNegative ? URGENT : CRITICAL;
  const urgency = LADDER[Math.max(rank, floor)] ?? "CRITICAL";
  return { urgency, reasons };
}

function placeByAi(assessment: TriageAssessment, reasons: string[]): number {
  if (assessment.state === "pending") {
    reasons.push("pending");
    return SOON;
  }
  if (assessment.state === "not-assessed") {
    reasons.push(`not-assessed:${assessment.reason}`);
    return URGENT;
  }
  const { probability, threshold } = assessment;
  reasons.push(`ai:${Math.round(probability * 100)}`);
  if (probability < threshold) return ROUTINE;
  return probability >= STRONG_PROBABILITY ? URGENT : SOON;
}

function vulnerableAge(ageYears: number | null): string | null {
  if (ageYears === null) return null;
  if (ageYears < INFANT_BELOW_YEARS) return "age:infant";
  return ageYears >= OLD_AGE_YEARS ? `age:${Math.floor(ageYears)}` : null;
}
