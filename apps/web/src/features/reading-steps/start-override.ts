import {
  decisionFor,
  overridingLabels,
  type Suggestion,
} from "../decisions/decision-rules.ts";
import type { Reading } from "../readings/use-reading.ts";

/** With the reader's own label where that does not agree with the AI. */
export function startOverride(reading: Reading, suggestion: Suggestion): void {
  const { blindOpinion } = reading;
  // Nothing is overridden by an opinion that answers nothing.
  if (blindOpinion === "NOT_DIAGNOSTIC") {
    reading.answerNothing();
    return;
  }
  const { label } = reading.draft;
  const [first] = overridingLabels(suggestion);
  const own = [blindOpinion, label].find(
    (one) => one !== null && decisionFor(one, suggestion) === "OVERRIDE",
  );
  const next = own ?? first;
  if (next) reading.override(next);
}
