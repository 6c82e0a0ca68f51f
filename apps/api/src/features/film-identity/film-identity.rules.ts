import type { DicomHeader } from "@lung-iris/inference";
import {
  displayName,
  parseName,
  type PersonNames,
} from "../patients/person-name.rules.ts";
import { ageOn, agesClash } from "./age.rules.ts";
import { examTimeOf, type ExamTime } from "./exam-time.rules.ts";
import { UNKNOWN_NAME, type SexName } from "./identity-conflicts.rules.ts";
import { madeUid } from "./made-uid.ts";
import { isPlaceholderName, isPlaceholderNumber } from "./placeholder.rules.ts";
import { seriesOf, type SeriesIdentity } from "./series-identity.rules.ts";
import type { StudyDetails } from "./study-details.ts";
import { plainText } from "../../platform/plain-input.ts";
import { VIEW_POSITIONS, type ViewPosition } from "./study-details.ts";

/** Whose film it is, as far as the film and its sender say. */
export interface PatientIdentity {
  /** Null where the film came without a number that names somebody. */
  mrn: string | null;
  /** Who gave the number out. */
  issuer: string | null;
  names: PersonNames;
  /** As shown; `UNKNOWN_NAME` where there is none. */
  name: string;
  /** ISO date, yyyy-mm-dd. */
  birthDate: string | null;
  sex: SexName;
}

/** Which examination the film belongs to. */
export interface StudyIdentity extends ExamTime {
  studyInstanceUid: string;
  /** The film itself, and not this desk, named the study. */
  isNamed: boolean;
  accessionNumber: string | null;
  description: string | null;
  modality: string;
  viewPosition: string | null;
  ageYears: number | null;
  weightKg: number | null;
  clinicalFlags: string[];
  clinicalNote: string | null;
  referringPhysician: string | null;
  requestedProcedure: string | null;
  ward: string | null;
}

/** What a person should look at in what a film says of itself. */
export type IdentityNote =
  "placeholder-number" | "age-contradicts-birth-date" | "date-in-future";

export interface FilmIdentity {
  patient: PatientIdentity;
  study: StudyIdentity;
  series: SeriesIdentity;
  sopClassUid: string | null;
  sopInstanceUid: string | null;
  notes: IdentityNote[];
}

/** Everything that a film's identity is made of. */
export interface IdentitySources {
  header: DicomHeader | undefined;
  details: StudyDetails;
  siteId: string;
  /** IANA zone of the site's clocks; null where nobody has said. */
  siteZone: string | null;
  sha256: string;
  receivedAt: Date;
}

/** Older than this by the dates: the birth date is a placeholder. */
const PLACEHOLDER_YEARS = 115;

const SEX = { F: "FEMALE", M: "MALE", O: "OTHER" } as const;

/**
 * Puts together what the header and the form say; the header wins, because
 * it was written where the patient stood. `siteId` and `sha256` make the
 * identifiers of what neither names, the same ones for the same film.
 */
export function identifyFilm(input: IdentitySources): FilmIdentity {
  const { details, receivedAt } = input;
  const header = shownHeader(input.header, receivedAt);
  const sources = { ...input, header };
  const patient = identifyPatient(header, details);
  const { isInFuture, ...time } = examTimeOf({
    header: header?.identity.examTime,
    stated: details.studiedAt,
    siteZone: sources.siteZone,
    receivedAt,
  });
  const { ageYears, isClash } = ageOf(sources, patient.birthDate, time);
  const study = { ...time, ...studyOf(sources, patient), ageYears };
  const isPlaceholder =
    patient.mrn === null && numberOf(header, details) !== null;
  return {
    patient,
    study,
    series: seriesOf(header, study.studyInstanceUid),
    sopClassUid: header?.identity.sopClassUid ?? null,
    sopInstanceUid: header?.sopInstanceUid ?? null,
    notes: [
      ...(isPlaceholder ? (["placeholder-number"] as const) : []),
      ...(isClash ? (["age-contradicts-birth-date"] as const) : []),
      ...(isInFuture ? (["date-in-future"] as const) : []),
    ],
  };
}

function numberOf(
  header: DicomHeader | undefined,
  details: StudyDetails,
): string | null {
  return header?.patientId ?? details.mrn ?? null;
}

/** The header without what no screen should show: see `plainText`. */
function shownHeader(
  header: DicomHeader | undefined,
  receivedAt: Date,
): DicomHeader | undefined {
  if (header === undefined) return undefined;
  const { patientId, patientName, accessionNumber, studyDescription } = header;
  const texts = { patientId, patientName, accessionNumber, studyDescription };
  const dates = { patientBirthDate: header.patientBirthDate };
  const isBorn = pastDate(dates.patientBirthDate, receivedAt) !== null;
  const shown = Object.entries({ ...texts, ...(isBorn ? dates : {}) }).flatMap(
    ([name, text]) => {
      const plain = plainText(text);
      return plain === undefined ? [] : [[name, plain]];
    },
  );
  const left = Object.entries(header).filter(
    ([name]) => !(name in texts) && !(name in dates),
  );
  // The same keys with the same types, some left out: all of them may be.
  return Object.fromEntries([...left, ...shown]) as DicomHeader;
}

function identifyPatient(
  header: DicomHeader | undefined,
  details: StudyDetails,
): PatientIdentity {
  const sex = header?.patientSex;
  const names = namesOf(header, details);
  // No direction marks: a name is shown as it is stored.
  const name = plainText(displayName(names) ?? undefined) ?? null;
  const birthDate = header?.patientBirthDate ?? details.birthDate ?? null;
  const number = [header?.patientId, details.mrn].find(
    (mrn) => mrn && !isPlaceholderNumber(mrn, { name, birthDate }),
  );
  return {
    mrn: number ?? null,
    issuer:
      number !== undefined && number === header?.patientId
        ? header.identity.issuer
        : null,
    names,
    name: name ?? UNKNOWN_NAME,
    birthDate,
    sex: sex === undefined ? (details.sex ?? "UNKNOWN") : SEX[sex],
  };
}

/** The header's name, else the sender's; a word for "no name" is none. */
function namesOf(
  header: DicomHeader | undefined,
  details: StudyDetails,
): PersonNames {
  const told = [
    header?.identity.names ?? {},
    details.patientName === undefined ? {} : parseName(details.patientName),
  ];
  const isSaid = (names: PersonNames): boolean => {
    const name = displayName(names);
    return name !== null && !isPlaceholderName(name);
  };
  return told.find(isSaid) ?? {};
}

/**
 * Dates win over what was typed as an age; where they clash it is said, and
 * nobody becomes a newborn by it: the day of birth may be that of the entry.
 */
function ageOf(
  { header, details, receivedAt }: IdentitySources,
  birthDate: string | null,
  { studyDate }: ExamTime,
): { ageYears: number | null; isClash: boolean } {
  const stated = header?.identity.statedAgeYears ?? details.ageYears ?? null;
  const today = receivedAt.toISOString().slice(0, 10);
  const isClash = agesClash({ stated, birthDate, studyDate, today });
  const byDates = ageOn(birthDate, studyDate);
  if (!isClash) return { ageYears: byDates ?? stated, isClash };
  const isPlaceholder = byDates !== null && byDates > PLACEHOLDER_YEARS;
  if (isPlaceholder) return { ageYears: stated, isClash };
  const isNewborn = byDates !== null && byDates < 1;
  return { ageYears: isNewborn ? null : byDates, isClash };
}

function studyOf(
  { header, details, siteId, sha256 }: IdentitySources,
  patient: PatientIdentity,
) {
  const accessionNumber =
    header?.accessionNumber ?? details.accessionNumber ?? null;
  return {
    studyInstanceUid:
      header?.studyInstanceUid ??
      (accessionNumber === null || patient.mrn === null
        ? madeUid(siteId, sha256)
        : madeUid(siteId, `${patient.mrn}\n${accessionNumber}`)),
    isNamed: header?.studyInstanceUid !== undefined,
    accessionNumber,
    description: header?.studyDescription ?? details.description ?? null,
    modality: header?.modality ?? "DX",
    viewPosition: viewOf(header?.viewPosition ?? details.viewPosition),
    weightKg: header?.patientWeightKg ?? details.weightKg ?? null,
    clinicalFlags: [...new Set(details.clinicalFlags ?? [])],
    clinicalNote: details.clinicalNote ?? null,
    referringPhysician: header?.identity.referringPhysician ?? null,
    requestedProcedure: header?.identity.requestedProcedure ?? null,
    // Where the device stands is where the patient lay only if nobody says more.
    ward:
      header?.identity.ward ??
      details.ward ??
      header?.identity.department ??
      null,
  };
}

/** DICOM PS3.3 C.8.1.1.1 and common short forms, as we name them. */
const VIEWS: Readonly<Record<string, ViewPosition>> = {
  PA: "PA",
  AP: "AP",
  LATERAL: "LATERAL",
  LL: "LATERAL",
  RL: "LATERAL",
  LAT: "LATERAL",
  LLAT: "LATERAL",
  RLAT: "LATERAL",
  LLD: "DECUBITUS",
  RLD: "DECUBITUS",
  LLO: "OBLIQUE",
  RLO: "OBLIQUE",
};

/**
 * A view of the closed list; "OTHER" for every other word, which may be
 * anything, a name too; null where there is none.
 */
export function viewOf(view: string | undefined): ViewPosition | null {
  const word = view?.trim().toUpperCase() ?? "";
  if (word === "") return null;
  const known = VIEW_POSITIONS.find((name) => name === word);
  return known ?? (Object.hasOwn(VIEWS, word) ? VIEWS[word] : null) ?? "OTHER";
}

/** A date that is one, and not later than a day after `now`. */
function pastDate(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null;
  const date = new Date(text);
  const isUsable = date.getTime() <= now.getTime() + 86_400_000;
  return isUsable ? date : null;
}
