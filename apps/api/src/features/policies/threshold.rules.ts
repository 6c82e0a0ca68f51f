/**
 * From which probability on a finding counts as positive, as a site's policy
 * says it: by the model's fingerprint, the finding and the age group.
 */
export interface ThresholdPolicy {
  thresholds: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>
  >;
}

/** A model's own word, which holds where the policy has none. */
export interface OwnThreshold {
  /** `ModelVersion.fingerprint`: a recalibrated model is another one. */
  fingerprint: string;
  /** Its balanced operating point for the film's finding and age group. */
  ownThreshold: number;
}

/** What the threshold is for. */
export interface ThresholdSubject {
  finding: string;
  /** "child" or "adult": whose calibration the film was given. */
  ageGroup: string;
}

/**
 * The probability from which on a finding counts as positive at a site. The
 * only place where a threshold is chosen.
 */
export function thresholdFor(
  model: OwnThreshold,
  of: ThresholdSubject,
  policy: ThresholdPolicy,
): number {
  const ofModel = policy.thresholds[model.fingerprint];
  return ofModel?.[of.finding]?.[of.ageGroup] ?? model.ownThreshold;
}

/**
 * Whether the model says that it is not sure: between its own two cut-offs,
 * wherever the site's threshold lies. That one says which way it counts.
 */
export function isUnsure(
  probability: number,
  between: { unsureFrom: number | null; unsureTo: number | null },
): boolean {
  const { unsureFrom, unsureTo } = between;
  if (unsureFrom === null || unsureTo === null) return false;
  return probability >= unsureFrom && probability < unsureTo;
}

/** Whether the finding counts as positive. */
export function isPositive(probability: number, threshold: number): boolean {
  return probability >= threshold;
}
