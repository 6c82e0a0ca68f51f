import type { CaseRowFragment } from "../../gql/graphql.ts";

/**
 * The codes of why an open case stands where it stands. That the AI could not
 * assess its film is among them, also where that gave it no other place. What
 * is signed waits for nobody and has none.
 */
export function reasonsOfRow({
  state,
  urgencyReasons,
  assessment,
  notAssessedReason,
}: Pick<
  CaseRowFragment,
  "state" | "urgencyReasons" | "assessment" | "notAssessedReason"
>): readonly string[] {
  if (state === "SIGNED") return [];
  const isTold = urgencyReasons.some((code) => code.startsWith(NOT_ASSESSED));
  if (assessment !== "NOT_ASSESSED" || isTold) return urgencyReasons;
  return [...urgencyReasons, `${NOT_ASSESSED}${notAssessedReason ?? ""}`];
}

const NOT_ASSESSED = "not-assessed:";
