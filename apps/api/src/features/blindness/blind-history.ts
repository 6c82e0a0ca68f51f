import type { PresentedEvent } from "../../audit/present-event.ts";
import { z } from "zod";

/** Events that say what the AI answered, or that it answered. */
export const EVENTS_OF_THE_AI = [
  "prediction.recorded",
  "case.placed",
  "case.reassessed",
  "case.not-assessed",
  // What the AI said may have begun it.
  "procedure.begun",
  "procedure.step-done",
  "procedure.step-corrected",
  "procedure.step-escalated",
  // Of a colleague's draft one is told behind one's own opinion, too.
  "reading.draft-given",
  "reading.draft-taken-back",
] as const;

/** Events that tell nothing of who read the case and what was signed. */
export const BEFORE_READING = [
  "case.arrived",
  "case.film-added",
  "case.placed",
  "case.raised",
  "case.reassessed",
  "case.not-assessed",
  "prediction.recorded",
] as const;

/** Names under which events carry the AI's answer, or a person's answer to it. */
const TELLS_AI = new Set([
  "probability",
  "threshold",
  "urgencyReasons",
  "agreesWithAi",
  "decision",
  "overrideReason",
  "changeReason",
  "predictionId",
  "shownPredictionId",
  "revealedPredictionId",
  "reading.revealedPredictionId",
  "findings",
  "boxes",
]);

/** An event as a blind reader may see it: without what tells the AI. */
export function withoutAi(event: PresentedEvent): PresentedEvent {
  return {
    ...event,
    // The whole event as it was hashed tells everything again.
    content: "{}",
    before: redact(event.before),
    after: redact(event.after),
    details: redact(event.details),
  };
}

function redact(text: string | null): string | null {
  if (text === null) return null;
  return JSON.stringify(strip(z.json().parse(JSON.parse(text))));
}

function strip(value: z.core.util.JSONType): z.core.util.JSONType {
  if (Array.isArray(value)) return value.map(strip);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !TELLS_AI.has(name))
      .map(([name, inner]) => [name, strip(inner)]),
  );
}
