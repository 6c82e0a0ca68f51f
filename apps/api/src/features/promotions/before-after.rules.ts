/** What a model did at a site in a while. */
export interface PeriodFacts {
  days: number;
  /** Films that came in and were answered, refused ones among them. */
  films: number;
  positive: number;
  refused: number;
  /** Signed cases that showed its answer, and those that agree with it. */
  signed: number;
  agreed: number;
}

/** What is unlike before. */
export type PeriodChange =
  "agreement-fell" | "positives-rose" | "positives-fell" | "refusals-rose";

/** With fewer films on either side nothing is said. */
export const LEAST_TO_COMPARE = 30;

/**
 * Two-sided 99 % quantile of the normal distribution: they are looked at
 * for two weeks, so that 95 % would cry wolf.
 */
const Z = 2.5758;

/**
 * Standard errors from which on an alarm is raised. It is looked at every ten
 * minutes for two weeks: the chance that a sum that goes nowhere is ever c
 * standard errors off between n and N films is about (c - 1/c) φ(c) ln(N/n)
 * (Siegmund 1985), for 4 and a hundredfold 0.23 %, so below 1 % for the four
 * figures together.
 */
export const ALARM_Z = 4;

/**
 * Compares the time since a promotion with the time before by two-proportion
 * z tests (pooled variance).
 *
 * @param limit in standard errors; 99 % of one look without
 */
export function changesOf(
  before: PeriodFacts,
  after: PeriodFacts,
  limit = Z,
): PeriodChange[] {
  const positives = zOf(
    [before.positive, before.films],
    [after.positive, after.films],
  );
  const changes: [boolean, PeriodChange][] = [
    [
      zOf([before.agreed, before.signed], [after.agreed, after.signed]) <
        -limit,
      "agreement-fell",
    ],
    [positives > limit, "positives-rose"],
    [positives < -limit, "positives-fell"],
    [
      zOf([before.refused, before.films], [after.refused, after.films]) > limit,
      "refusals-rose",
    ],
  ];
  return changes.flatMap(([rings, change]) => (rings ? [change] : []));
}

/** Standard errors by which the later share is greater; 0 of too few. */
function zOf(
  [hitsBefore, before]: readonly [number, number],
  [hitsAfter, after]: readonly [number, number],
): number {
  if (before < LEAST_TO_COMPARE || after < LEAST_TO_COMPARE) return 0;
  const pooled = (hitsBefore + hitsAfter) / (before + after);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / before + 1 / after));
  return error === 0 ? 0 : (hitsAfter / after - hitsBefore / before) / error;
}
