import { STAND_IN_NAME } from "@lung-iris/audit-words";
import type {
  IdentityState,
  Sex,
  StudyDetailsInput,
} from "../../gql/graphql.ts";
import {
  CLINICAL_FLAGS,
  type FilmDetails,
  NO_DETAILS,
  parseNumber,
} from "./film-details.ts";

/** What the API knows of a study and its patient. */
export interface KnownStudy {
  patient: {
    mrn?: string | null | undefined;
    identityState: IdentityState;
    name: string;
    /** The known patient of the number that doubtful films claim. */
    claims?: ClaimedPatient | null | undefined;
    birthDate?: string | null | undefined;
    sex: Sex;
  };
  study: {
    id: string;
    patientAgeYears?: number | null | undefined;
    patientWeightKg?: number | null | undefined;
    viewPosition?: string | null | undefined;
    accessionNumber?: string | null | undefined;
    clinicalFlags: readonly string[];
    clinicalNote?: string | null | undefined;
    ward?: string | null | undefined;
    studyDate?: string | null | undefined;
    studyTime?: string | null | undefined;
  };
}

/** Who a record number belongs to. */
export interface ClaimedPatient {
  id: string;
  mrn?: string | null | undefined;
  name: string;
  birthDate?: string | null | undefined;
}

/** Whether the film came without saying whose it is. */
export function isUnknownPatient(patient: {
  identityState: IdentityState;
}): boolean {
  return patient.identityState === "UNKNOWN";
}

/** A known study as the fields of the form hold it. */
export function detailsOf({ patient, study }: KnownStudy): FilmDetails {
  const isNameless =
    isUnknownPatient(patient) && patient.name === STAND_IN_NAME;
  return {
    ...NO_DETAILS,
    mrn: patient.mrn ?? "",
    patientName: isNameless ? "" : patient.name,
    birthDate: patient.birthDate ?? "",
    sex: patient.sex,
    ageYears: study.patientAgeYears == null ? "" : `${study.patientAgeYears}`,
    weightKg: study.patientWeightKg == null ? "" : `${study.patientWeightKg}`,
    viewPosition: study.viewPosition ?? "",
    accessionNumber: study.accessionNumber ?? "",
    clinicalFlags: CLINICAL_FLAGS.filter((flag) =>
      study.clinicalFlags.includes(flag),
    ),
    clinicalNote: study.clinicalNote ?? "",
    ward: study.ward ?? "",
  };
}

/**
 * What to send to the API: the fields that were changed and nothing else, so
 * that what others correct meanwhile stays. null when nothing was changed.
 */
export function correctionsOf(
  studyId: string,
  before: FilmDetails,
  now: FilmDetails,
): StudyDetailsInput | null {
  const input: StudyDetailsInput = { studyId };
  for (const name of TEXT_FIELDS) {
    if (now[name].trim() !== before[name]) input[name] = now[name].trim();
  }
  for (const name of NUMBER_FIELDS) {
    const value = parseNumber(now[name]);
    if (value === "wrong" || value === parseNumber(before[name])) continue;
    input[name] = value;
  }
  if (now.sex !== before.sex) input.sex = now.sex === "" ? "UNKNOWN" : now.sex;
  if (now.clinicalFlags.join() !== before.clinicalFlags.join()) {
    input.clinicalFlags = [...now.clinicalFlags];
  }
  return Object.keys(input).length > 1 ? input : null;
}

const TEXT_FIELDS = [
  "mrn",
  "patientName",
  "birthDate",
  "viewPosition",
  "accessionNumber",
  "clinicalNote",
  "ward",
] as const;
const NUMBER_FIELDS = ["ageYears", "weightKg"] as const;

/** What of a correction reaches patients, other cases or signed reports. */
const OF_PATIENT = [
  "mrn",
  "patientName",
  "birthDate",
  "sex",
  "joinPatientId",
  "accessionNumber",
] as const satisfies readonly (keyof StudyDetailsInput)[];

/** Whether to look what a correction would change before it is made. */
export function concernsPatient(input: StudyDetailsInput): boolean {
  return OF_PATIENT.some((field) => input[field] !== undefined);
}
