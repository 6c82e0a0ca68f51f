import { FINDINGS } from "../findings/finding-catalogue.ts";

/** What can be marked beside the catalogue, and what marks said before it. */
const FURTHER = ["fracture", "mass", "nodule", "other"] as const;

/**
 * What a marked region can show: the catalogue of findings, fractures, and
 * "other". A closed list, because marks go into de-identified exports, where
 * a free text could name a patient.
 */
export const MARK_FINDINGS = [
  ...FINDINGS.map(({ code }) => code),
  ...FURTHER,
] as const;
export type MarkFinding = (typeof MARK_FINDINGS)[number];

/** A finding as the list has it; what an older version let in is "other". */
export function markFindingOf(text: string): MarkFinding {
  const word = text.trim().toLowerCase();
  return MARK_FINDINGS.find((finding) => finding === word) ?? "other";
}
