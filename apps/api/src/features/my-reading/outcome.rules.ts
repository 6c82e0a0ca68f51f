import type { Label, LabelGrade } from "@lung-iris/prisma";
import { labelAgrees } from "../readings/reading.rules.ts";

/**
 * What became of an opinion given before the AI was shown, by what others
 * came to: followed and right, followed and wrong, kept and right, kept and
 * wrong; none where opinion and AI said the same, or where one of the answers
 * is that the film shows nothing.
 */
export const AI_EFFECTS = [
  "HELPED",
  "MISLED",
  "KEPT_RIGHT",
  "KEPT_WRONG",
  "NONE",
] as const;
export type AiEffect = (typeof AI_EFFECTS)[number];

/** A reading that was blind first, was shown the AI, and was settled since. */
export interface SettledReading {
  blindOpinion: Label;
  aiPositive: boolean;
  /** As signed first. */
  label: Label;
  settledLabel: Label;
  /** Whether two readers agree on it, or a third one decided. */
  settledBy: LabelGrade;
}

/** Readings with the same four answers, of which the same is known. */
export interface ReadingOutcome extends SettledReading {
  cases: number;
  effect: AiEffect;
}

/** What the AI did to a reading, on the one question that it answers. */
export function effectOf(reading: SettledReading): AiEffect {
  const { blindOpinion, aiPositive, label, settledLabel } = reading;
  const answers = [blindOpinion, label, settledLabel];
  if (answers.includes("NOT_DIAGNOSTIC")) return "NONE";
  const ai = { positive: aiPositive };
  if (labelAgrees(blindOpinion, ai)) return "NONE";
  const isAiRight = labelAgrees(settledLabel, ai);
  if (labelAgrees(label, ai)) return isAiRight ? "HELPED" : "MISLED";
  return isAiRight ? "KEPT_WRONG" : "KEPT_RIGHT";
}

/**
 * Counts readings by their answers: those in which the AI mattered first, and
 * of these the most frequent; of as many, in the order of the effects.
 */
export function outcomesOf(
  readings: readonly SettledReading[],
): ReadingOutcome[] {
  const rows = new Map<string, ReadingOutcome>();
  for (const reading of readings) {
    const { blindOpinion, aiPositive, label, settledLabel, settledBy } =
      reading;
    const key = [
      blindOpinion,
      aiPositive,
      label,
      settledLabel,
      settledBy,
    ].join();
    const row = rows.get(key);
    if (row) row.cases += 1;
    else
      rows.set(key, {
        blindOpinion,
        aiPositive,
        label,
        settledLabel,
        settledBy,
        cases: 1,
        effect: effectOf(reading),
      });
  }
  return [...rows.values()].sort(
    (one, other) =>
      Number(one.effect === "NONE") - Number(other.effect === "NONE") ||
      other.cases - one.cases ||
      AI_EFFECTS.indexOf(one.effect) - AI_EFFECTS.indexOf(other.effect),
  );
}
