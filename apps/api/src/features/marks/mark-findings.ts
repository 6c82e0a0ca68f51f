import { READING_FINDINGS } from "../findings/finding-catalogue.ts";

/** What marks said before the catalogue. */
const FORMER = ["mass", "nodule"] as const;

/**
 * What a marked region can show: what a reading can name. A closed list, because marks go into de-identified exports, where
 * a free text could name a patient.
 */
export const MARK_FINDINGS = [
  ...READING_FINDINGS.map(({ code }) => code),
  ...FORMER,
] as const;
export type MarkFinding = (typeof MARK_FINDINGS)[number];

/** A finding as the list has it; what an older version let in is "other". */
export function markFindingOf(text: string): MarkFinding {
  const word = text.trim().toLowerCase();
  return MARK_FINDINGS.find((finding) => finding === word) ?? "other";
}
