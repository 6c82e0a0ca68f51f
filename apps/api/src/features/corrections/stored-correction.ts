import {
  IdentityState,
  Sex,
  type Patient,
  type Prisma,
  type Study,
  type StudyCorrection,
} from "@lung-iris/prisma";
import { z } from "zod";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import { canonicalJson } from "../../audit/canonical-json.ts";
import { changesOf } from "../../audit/changes.ts";
import { isoDay } from "../../platform/iso-day.ts";
import type { PatientFacts } from "../patients/patient-records.ts";

/** A study and whose it is. */
export interface StudyState {
  study: Study;
  patient: Patient;
}

const text = z.string().nullable();
const parts = z.strictObject({
  family: z.string(),
  given: z.string(),
  middle: z.string(),
  prefix: z.string(),
  suffix: z.string(),
});

const patientFacts = z.strictObject({
  mrn: text,
  issuer: text,
  identityState: z.enum(IdentityState),
  name: z.string(),
  names: z
    .strictObject({ alphabetic: parts, ideographic: parts, phonetic: parts })
    .partial(),
  birthDate: text,
  sex: z.enum(Sex),
});

const studyFacts = z.strictObject({
  /** ISO day; the time by the clock on the wall there. */
  studyDate: text,
  studyTime: text,
  zoneMinutes: z.number().nullable(),
  /** ISO instant. */
  studiedAt: text,
  patientAgeYears: z.number().nullable(),
  patientWeightKg: z.number().nullable(),
  viewPosition: text,
  accessionNumber: text,
  description: text,
  clinicalNote: text,
  ward: text,
  clinicalFlags: z.array(z.string()),
});

type StudyFacts = z.infer<typeof studyFacts>;

const corrected = z.strictObject({ patient: patientFacts, study: studyFacts });

/** What was said of a study and its patient, as a correction keeps it. */
interface CorrectedFacts {
  patient: PatientFacts;
  study: StudyFacts;
}

const notesTaken = z.array(
  z.strictObject({ imageId: z.uuid(), notes: z.array(z.string()) }),
);

/** Notes that a correction took off a film. */
export type NotesTaken = z.infer<typeof notesTaken>;

/** What the stored columns of a correction hold. */
export interface StoredFacts {
  before: CorrectedFacts;
  after: CorrectedFacts;
  recordBefore: PatientFacts | null;
  notesTaken: NotesTaken;
}

/** Reads what a correction keeps. */
export function storedFacts(
  row: Pick<
    StudyCorrection,
    "before" | "after" | "recordBefore" | "notesTaken"
  >,
): StoredFacts {
  return {
    before: readFacts(row.before),
    after: readFacts(row.after),
    recordBefore:
      row.recordBefore === null
        ? null
        : asFacts(patientFacts.parse(row.recordBefore)),
    notesTaken: notesTaken.parse(row.notesTaken),
  };
}

function readFacts(stored: unknown): CorrectedFacts {
  const { patient, study } = corrected.parse(stored);
  return { patient: asFacts(patient), study };
}

/** Facts that were read from a row, as records are written with. */
function asFacts({
  names: { alphabetic, ideographic, phonetic },
  ...facts
}: z.infer<typeof patientFacts>): PatientFacts {
  return {
    ...facts,
    names: {
      ...(alphabetic ? { alphabetic } : {}),
      ...(ideographic ? { ideographic } : {}),
      ...(phonetic ? { phonetic } : {}),
    },
  };
}

/** What is said of a study. */
export function factsOfStudy(study: Study): StudyFacts {
  return {
    studyDate: isoDay(study.studyDate),
    studyTime: study.studyTime,
    zoneMinutes: study.zoneMinutes,
    studiedAt: study.studiedAt?.toISOString() ?? null,
    patientAgeYears: study.patientAgeYears,
    patientWeightKg: study.patientWeightKg,
    viewPosition: study.viewPosition,
    accessionNumber: study.accessionNumber,
    description: study.description,
    clinicalNote: study.clinicalNote,
    ward: study.ward,
    clinicalFlags: study.clinicalFlags,
  };
}

/** Columns that say one thing together. */
const TOGETHER: readonly (readonly (keyof StudyFacts)[])[] = [
  ["studyDate", "studyTime", "zoneMinutes", "studiedAt"],
  ["patientAgeYears"],
  ["patientWeightKg"],
  ["viewPosition"],
  ["accessionNumber"],
  ["description"],
  ["clinicalNote"],
  ["ward"],
  ["clinicalFlags"],
];

/**
 * The columns of a study as undoing a correction writes them: what somebody
 * said of the study since stands.
 */
export function studyBack(
  { before, after }: Pick<StoredFacts, "before" | "after">,
  study: Study,
): Prisma.StudyUncheckedUpdateInput {
  const now = factsOfStudy(study);
  const back: StudyFacts = { ...now };
  for (const columns of TOGETHER) {
    if (!columns.every((column) => isSame(now, after.study, column))) continue;
    for (const column of columns)
      Object.assign(back, { [column]: before.study[column] });
  }
  const { studyDate, studiedAt, ...others } = back;
  return {
    ...others,
    studyDate: studyDate === null ? null : new Date(studyDate),
    studiedAt: studiedAt === null ? null : new Date(studiedAt),
  };
}

function isSame(
  one: StudyFacts,
  other: StudyFacts,
  column: keyof StudyFacts,
): boolean {
  return canonicalJson(one[column]) === canonicalJson(other[column]);
}

/** What of a study and its patient the trail names when it is corrected. */
const AUDITED = [
  "mrn",
  "identityState",
  "patientName",
  "birthDate",
  "sex",
  "studyDate",
  "studyTime",
  "ageYears",
  "weightKg",
  "viewPosition",
  "accessionNumber",
  "description",
  "clinicalFlags",
  "clinicalNote",
  "ward",
] as const;

/** Before and after of a correction, as its event has them. */
export function changesOfState(before: StudyState, after: StudyState) {
  return changesOf(auditedOf(before), auditedOf(after), AUDITED);
}

function auditedOf({ study, patient }: StudyState) {
  return {
    mrn: patient.mrn,
    identityState: patient.identityState,
    patientName: patient.name,
    birthDate: isoDay(patient.birthDate),
    sex: patient.sex,
    studyDate: isoDay(study.studyDate),
    studyTime: study.studyTime,
    ageYears: study.patientAgeYears,
    weightKg: study.patientWeightKg,
    viewPosition: study.viewPosition,
    accessionNumber: study.accessionNumber,
    description: study.description,
    clinicalFlags: study.clinicalFlags,
    clinicalNote: study.clinicalNote,
    ward: study.ward,
  };
}

interface Why {
  reason: string | null;
  caseId: string;
  /** Ids of films whose prediction relied on what was corrected. */
  filmsAskedAgain: string[];
}

/** That somebody said whose a study is. */
export function correctedEvent(
  correction: StudyCorrection,
  changes: ReturnType<typeof changesOfState>,
  why: Why,
): AuditEventInput {
  const { id: correctionId, fromPatientId, toPatientId } = correction;
  return {
    type: "study.patient-corrected",
    ...of(correction, toPatientId),
    ...changes,
    details: {
      ...why,
      correctionId,
      fromPatientId,
      toPatientId,
      isRecordMade: correction.recordBefore === null,
    },
  };
}

/** That it was undone; `toPatientId`: whose the study is again. */
export function restoredEvent(
  correction: StudyCorrection,
  toPatientId: string,
  changes: ReturnType<typeof changesOfState>,
  why: Why & { reason: string },
): AuditEventInput {
  const { id: correctionId, toPatientId: fromPatientId } = correction;
  return {
    type: "study.patient-restored",
    ...of(correction, toPatientId),
    ...changes,
    details: { ...why, correctionId, fromPatientId, toPatientId },
  };
}

function of({ studyId, siteId }: StudyCorrection, patientId: string) {
  const subject = { type: "study" as const, id: studyId };
  return { subject, siteId, patientId };
}

/** Facts that say whose film it is, beside how sure that is. */
const WHOSE = ["mrn", "name", "birthDate", "sex"] as const;

/** Whether a correction says that a film is somebody else's, or under what name. */
export function isOfIdentity(before: PatientFacts, after: PatientFacts) {
  return [...WHOSE, "identityState" as const].some(
    (fact) => before[fact] !== after[fact],
  );
}

/**
 * Whether something that was known of whose film it is becomes something
 * else: that needs a reason. To say what nobody had said does not.
 */
export function changesKnown(
  before: PatientFacts,
  after: PatientFacts,
  isMoved: boolean,
): boolean {
  if (before.identityState !== "KNOWN") return false;
  return (
    isMoved ||
    WHOSE.some((fact) => {
      const was = before[fact];
      return was !== null && was !== "UNKNOWN" && was !== after[fact];
    })
  );
}
