import { canonicalJson } from "../../audit/canonical-json.ts";
import { ConflictError } from "../../errors.ts";
import type { PolicyDocument } from "./policy-document.ts";

/**
 * Where two people change thresholds, one alone may neither save another
 * threshold nor say that one is enough: both are proposed (features/thresholds).
 *
 * @throws APPROVAL_NEEDED, naming the part.
 */
export function assertMayChangeAlone(
  before: PolicyDocument,
  after: PolicyDocument,
): void {
  if (before.thresholdDesk.approval === "one") return;
  if (after.thresholdDesk.approval === "one")
    throw approvalNeeded("thresholdDesk.approval");
  if (thresholdsOf(before) !== thresholdsOf(after))
    throw approvalNeeded("thresholds");
}

function approvalNeeded(part: string): ConflictError {
  return new ConflictError(
    "APPROVAL_NEEDED",
    "At this site two people change the thresholds: propose the change on the page of thresholds.",
    { details: { fields: [`input.document.${part}`] } },
  );
}

/** The same for the same thresholds, in whatever order they stand. */
function thresholdsOf({ thresholds }: PolicyDocument): string {
  return canonicalJson(thresholds.map((one) => canonicalJson(one)).sort());
}
