import { BadInputError } from "../../errors.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import {
  AGE_GROUPS,
  type PolicyDocument,
} from "../policies/policy-document.ts";

/** A threshold that somebody chooses for an age group. */
export interface ThresholdChoice {
  /** "child" or "adult". */
  ageGroup: string;
  /** Between 0 and 1; null: the model's own. */
  threshold: number | null;
}

/**
 * The document with one threshold of the leading finding replaced, bound to
 * the model by its fingerprint: no other model ever counts by it.
 */
export function withThreshold(
  document: PolicyDocument,
  fingerprint: string,
  { ageGroup, threshold }: ThresholdChoice,
): PolicyDocument {
  const others = document.thresholds.filter(
    (entry) =>
      entry.model !== fingerprint ||
      entry.finding !== LEADING_FINDING ||
      entry.ageGroup !== ageGroup,
  );
  const own = { model: fingerprint, finding: LEADING_FINDING, ageGroup };
  return {
    ...document,
    thresholds:
      threshold === null ? others : [...others, { ...own, threshold }],
  };
}

/** The threshold that the document sets; null where the model's own holds. */
export function setThreshold(
  { thresholds }: PolicyDocument,
  fingerprint: string,
  ageGroup: string,
): number | null {
  const own = thresholds.find(
    (entry) =>
      entry.model === fingerprint &&
      entry.finding === LEADING_FINDING &&
      entry.ageGroup === ageGroup,
  );
  return own?.threshold ?? null;
}

/** @throws BAD_USER_INPUT naming the field, `path` being its parent's. */
export function assertChoice(
  { ageGroup, threshold }: ThresholdChoice,
  path: string,
): void {
  assertAgeGroup(ageGroup, `${path}ageGroup`);
  if (threshold !== null && !(threshold > 0 && threshold < 1))
    throw new BadInputError("A threshold lies between 0 and 1.", [
      `${path}threshold`,
    ]);
}

/** @throws BAD_USER_INPUT naming the field. */
export function assertAgeGroup(ageGroup: string, field: string): void {
  if (!AGE_GROUPS.includes(ageGroup))
    throw new BadInputError(`The age group is ${AGE_GROUPS.join(" or ")}.`, [
      field,
    ]);
}
