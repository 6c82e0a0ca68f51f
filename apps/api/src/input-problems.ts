/**
 * What is wrong with an input, by name: a page says it in its reader's language
 * (`inputs` of its errors), where the sentence of the refusal is English alone.
 */
export const INPUT_PROBLEMS = [
  /** `years`, `birthDate`, and `day` where the film's is known. */
  "age-contradicts-birth-date",
  /** `most` years. */
  "age-out-of-range",
  /** `least` and `most` kilograms. */
  "weight-out-of-range",
  "birth-date-in-future",
  "film-date-in-future",
  /** No day such as 1956-03-09. */
  "no-day",
  /** The reason of an erasure says whose record it is. */
  "reason-names-patient",
] as const;
export type InputProblem = (typeof INPUT_PROBLEMS)[number];
