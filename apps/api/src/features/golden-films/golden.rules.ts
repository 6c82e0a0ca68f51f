/**
 * How far a probability may lie from the first answer: what the engines may
 * differ by (docs/decisions/0010).
 */
export const GOLDEN_TOLERANCE = 1e-3;

/** Whether a film was answered as the first time; a refusal is an answer. */
export function isSameAnswer(
  probability: number | null,
  reference: number | null,
): boolean {
  if (probability === null || reference === null)
    return probability === reference;
  return Math.abs(probability - reference) <= GOLDEN_TOLERANCE;
}

/** What a golden run is an alarm of: one worker's machine with one model. */
export function goldenSubject(host: string, engine: string, model: string) {
  return `${host} · ${engine} · ${model}`;
}
