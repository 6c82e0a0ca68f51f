import type { IdentityConflict } from "../film-identity/identity-conflicts.rules.ts";
import type { IdentityNote } from "../film-identity/film-identity.rules.ts";

/** What a person is to be told of a film that was taken. */
export type ArrivalNote =
  | IdentityNote
  | "patient-mismatch"
  | "study-of-two-patients"
  | "changed-resend"
  | "unknown-patient";

/** Everything that may be worth a note. */
export interface ArrivalFindings {
  /** What the film contradicts the patient of its number or study in. */
  conflicts: IdentityConflict[];
  /** The film's study UID is a study of somebody else. */
  isStudyApart: boolean;
  /** The film's SOP instance UID has another content already. */
  isResent: boolean;
  isUnknown: boolean;
  identity: readonly IdentityNote[];
}

/** In the order in which they matter: the first is the film's code. */
export function notesOn(found: ArrivalFindings): ArrivalNote[] {
  const isMismatch = found.conflicts.length > 0 && !found.isUnknown;
  return [
    ...(isMismatch ? (["patient-mismatch"] as const) : []),
    ...(found.isStudyApart && !isMismatch
      ? (["study-of-two-patients"] as const)
      : []),
    ...(found.isResent ? (["changed-resend"] as const) : []),
    ...(found.isUnknown ? (["unknown-patient"] as const) : []),
    ...found.identity,
  ];
}

/** One sentence for each note, for the person who sent the film. */
export function noteText(
  notes: readonly ArrivalNote[],
  conflicts: readonly IdentityConflict[],
): string | null {
  const texts = notes.map((note) =>
    note === "patient-mismatch" ? mismatchText(conflicts) : TEXTS[note],
  );
  return texts.length === 0 ? null : texts.join(" ");
}

const TEXTS: Record<Exclude<ArrivalNote, "patient-mismatch">, string> = {
  "study-of-two-patients":
    "Its study is already here as another patient's. The film was kept apart: check whose it is.",
  "changed-resend":
    "A film of the same identifier (SOP instance UID) with another content is already here. Both were kept: check which one counts.",
  "unknown-patient": "The film does not say whose it is. Fill in whose it is.",
  "placeholder-number":
    "Its record number is one that systems write where there is none; it was not taken for anybody's.",
  "age-contradicts-birth-date":
    "Its age and its birth date differ by more than a year; the dates were believed. Check both.",
  "date-in-future":
    "Its date lies in the future and was not taken over; the day of the film is unknown.",
};

function mismatchText(conflicts: readonly IdentityConflict[]): string {
  const what = conflicts.join(" and ").replace("birth-date", "birth date");
  return `The record number belongs to a patient with another ${what}. The film was kept apart: check whose it is.`;
}
