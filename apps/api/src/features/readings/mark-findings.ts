/**
 * What a marked region can show: the names of NIH ChestX-ray14 (Wang et al.,
 * CVPR 2017), fractures, and "other". A closed list, because marks go into
 * de-identified exports, where a free text could name a patient.
 */
export const MARK_FINDINGS = [
  "pneumonia",
  "atelectasis",
  "cardiomegaly",
  "consolidation",
  "edema",
  "effusion",
  "emphysema",
  "fibrosis",
  "fracture",
  "hernia",
  "infiltration",
  "mass",
  "nodule",
  "pleural-thickening",
  "pneumothorax",
  "other",
] as const;
export type MarkFinding = (typeof MARK_FINDINGS)[number];

/** A finding as the list has it; what an older version let in is "other". */
export function markFindingOf(text: string): MarkFinding {
  const word = text.trim().toLowerCase();
  return MARK_FINDINGS.find((finding) => finding === word) ?? "other";
}
