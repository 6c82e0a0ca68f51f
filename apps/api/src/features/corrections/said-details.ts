import { BadInputError } from "../../errors.ts";
import { isPlaceholderNumber } from "../film-identity/placeholder.rules.ts";
import {
  assertCorrectedTime,
  parseStudyDetails,
  type StudyDetails,
} from "../film-identity/study-details.ts";
import type { PatientCorrection } from "./corrected-patient.ts";
import { isEmptied } from "./given-fields.ts";
import type { StudyDetailsInput } from "./study.input.ts";

/** Fields of a correction that no form beside a film has. */
const NO_DETAILS: ReadonlySet<string> = new Set([
  "studyId",
  "joinPatientId",
  "studyDate",
  "studyTime",
  "reason",
]);

/** Only words that are never a number, whoever stands beside them. */
const ANYBODY = { name: "", birthDate: null };

/**
 * What a correction says, checked.
 *
 * @throws BAD_USER_INPUT for values that cannot be, naming the field.
 */
export function detailsOf(input: StudyDetailsInput, now: Date): StudyDetails {
  const details = parseStudyDetails(
    Object.fromEntries(
      Object.entries(input).filter(([field]) => !NO_DETAILS.has(field)),
    ),
    now,
  );
  assertCorrectedTime(input);
  const { mrn } = details;
  if (mrn !== undefined && isPlaceholderNumber(mrn, ANYBODY)) {
    throw new BadInputError(`${mrn} is no record number: it names nobody.`, [
      "input.mrn",
    ]);
  }
  return details;
}

/** What of it says whose film it is. */
export function saidOfPatient(
  { mrn, patientName, birthDate, sex }: StudyDetails,
  input: StudyDetailsInput,
): PatientCorrection {
  return {
    mrn,
    patientName,
    birthDate: birthDate ?? (isEmptied(input.birthDate) ? null : undefined),
    sex,
    joinPatientId: input.joinPatientId ?? undefined,
  };
}

/** Why it is corrected; null where nobody says. */
export function reasonOf({ reason }: StudyDetailsInput): string | null {
  const words = reason?.trim() ?? "";
  return words === "" ? null : words;
}

/** What a person has now decided: the notes that asked for it may go. */
export function settledBy(
  details: StudyDetails,
  input: StudyDetailsInput,
): string[] {
  const isWhose = details.mrn !== undefined || input.joinPatientId != null;
  const isAge = [details.ageYears, details.birthDate].some(
    (said) => said !== undefined,
  );
  return [
    ...(isWhose
      ? [
          "unknown-patient",
          "patient-mismatch",
          "placeholder-number",
          "study-of-two-patients",
        ]
      : []),
    ...(isAge ? ["age-contradicts-birth-date"] : []),
    ...(input.studyDate === undefined ? [] : ["date-in-future"]),
  ];
}
