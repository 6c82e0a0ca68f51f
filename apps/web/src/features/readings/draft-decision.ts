import type { Decision } from "../../gql/graphql.ts";
import {
  decisionFor,
  opinionsDiffer,
  type Suggestion,
} from "../decisions/decision-rules.ts";
import type { ReadingDraft } from "./reading-draft.ts";

type Draft = Pick<ReadingDraft, "blindLabel" | "label" | "decision">;

/** What a draft decides where the AI says nothing of the case. */
export function decisionWithout({ label }: Draft): Decision | null {
  return label === null ? null : decisionFor(label, null);
}

/**
 * What a draft decides of a case that the AI has assessed: nothing before the
 * reveal. An opinion given before it that agrees confirms by itself; one that
 * differs wants an answer.
 */
export function decisionAfter(
  { blindLabel, label, decision }: Draft,
  isRevealed: boolean,
  suggestion: Suggestion | null,
): Decision | null {
  if (label === "NOT_DIAGNOSTIC") return "INDEPENDENT";
  if (!isRevealed) return null;
  if (decision !== null && decision !== "INDEPENDENT") return decision;
  const isAgreed =
    suggestion !== null &&
    blindLabel !== null &&
    label !== null &&
    !opinionsDiffer(blindLabel, suggestion) &&
    !opinionsDiffer(label, suggestion);
  return isAgreed ? "CONFIRM" : null;
}
