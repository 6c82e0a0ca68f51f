import { createHash } from "node:crypto";
import type { DicomHeader } from "@lung-iris/inference";
import { plainText } from "../../platform/plain-input.ts";
import { VIEW_POSITIONS } from "./study-details.ts";
import type { StudyDetails, ViewPosition } from "./study-details.ts";

export type SexName = "FEMALE" | "MALE" | "OTHER" | "UNKNOWN";

/** Shown where a film came without a name. */
export const UNKNOWN_NAME = "Unknown patient";

/** Whose film it is, as far as the film and its sender say. */
export interface PatientIdentity {
  mrn: string;
  name: string;
  /** ISO date, yyyy-mm-dd. */
  birthDate: string | null;
  sex: SexName;
  /** No record number came with the film: `mrn` is made up and says so. */
  isUnknown: boolean;
}

/** Which examination the film belongs to. */
export interface StudyIdentity {
  studyInstanceUid: string;
  accessionNumber: string | null;
  description: string | null;
  modality: string;
  viewPosition: string | null;
  ageYears: number | null;
  weightKg: number | null;
  clinicalFlags: string[];
  clinicalNote: string | null;
  studiedAt: Date;
}

export interface FilmIdentity {
  patient: PatientIdentity;
  study: StudyIdentity;
  sopInstanceUid: string | null;
}

const SEX = { F: "FEMALE", M: "MALE", O: "OTHER" } as const;

/**
 * Puts together what the header and the form say; the header wins, because
 * it was written where the patient stood. `siteId` and `sha256` make the
 * identifiers of what neither names, the same ones for the same film.
 */
export function identifyFilm(input: {
  header: DicomHeader | undefined;
  details: StudyDetails;
  siteId: string;
  sha256: string;
  receivedAt: Date;
}): FilmIdentity {
  const { details, siteId, sha256 } = input;
  const header = shownHeader(input.header, input.receivedAt);
  const patient = identifyPatient(header, details, sha256);
  const studiedAt =
    pastDate(header?.studyDateTime, input.receivedAt) ??
    pastDate(details.studiedAt, input.receivedAt) ??
    input.receivedAt;
  const accessionNumber =
    header?.accessionNumber ?? details.accessionNumber ?? null;
  return {
    patient,
    study: {
      studyInstanceUid:
        header?.studyInstanceUid ??
        (accessionNumber === null
          ? madeUid(siteId, sha256)
          : madeUid(siteId, `${patient.mrn}\n${accessionNumber}`)),
      accessionNumber,
      description: header?.studyDescription ?? details.description ?? null,
      modality: header?.modality ?? "DX",
      viewPosition: viewOf(header?.viewPosition ?? details.viewPosition),
      ageYears:
        header?.patientAgeYears ??
        ageAt(patient.birthDate, studiedAt) ??
        details.ageYears ??
        null,
      weightKg: header?.patientWeightKg ?? details.weightKg ?? null,
      clinicalFlags: [...new Set(details.clinicalFlags ?? [])],
      clinicalNote: details.clinicalNote ?? null,
      studiedAt,
    },
    sopInstanceUid: header?.sopInstanceUid ?? null,
  };
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
  sha256: string,
): PatientIdentity {
  const mrn = header?.patientId ?? details.mrn;
  const sex = header?.patientSex;
  return {
    mrn: mrn ?? `UNKNOWN-${sha256.slice(0, 10).toUpperCase()}`,
    name: header?.patientName ?? details.patientName ?? UNKNOWN_NAME,
    birthDate: header?.patientBirthDate ?? details.birthDate ?? null,
    sex: sex === undefined ? (details.sex ?? "UNKNOWN") : SEX[sex],
    isUnknown: mrn === undefined,
  };
}

/**
 * A UID of our own making, the same for the same words: 2.25 and a UUID as
 * one decimal number (DICOM PS3.5 B.2, with the version bits of RFC 9562).
 */
export function madeUid(...words: string[]): string {
  const digest = createHash("sha256").update(words.join("\n")).digest();
  const uuid = digest.subarray(0, 16);
  uuid.writeUInt8((uuid.readUInt8(6) & 0x0f) | 0x80, 6);
  uuid.writeUInt8((uuid.readUInt8(8) & 0x3f) | 0x80, 8);
  return `2.25.${BigInt(`0x${uuid.toString("hex")}`).toString()}`;
}

/** Years between a birth date and a moment; `null` where it makes no sense. */
export function ageAt(birthDate: string | null, at: Date): number | null {
  if (birthDate === null) return null;
  const years =
    (at.getTime() - new Date(birthDate).getTime()) / (365.25 * 86_400_000);
  if (!Number.isFinite(years) || years < 0) return null;
  // Young children by the hundredth, others by the year as people say it.
  return years < 3 ? Math.round(years * 100) / 100 : Math.floor(years);
}

/** What makes two films of one record number different people. */
export type IdentityConflict = "name" | "birth-date";

/** Compares what a film says with the patient on record. */
export function identityConflicts(
  known: { name: string; birthDate: string | null },
  film: { name: string; birthDate: string | null },
): IdentityConflict[] {
  const conflicts: IdentityConflict[] = [];
  if (!sameName(known.name, film.name)) conflicts.push("name");
  const bothDated = known.birthDate !== null && film.birthDate !== null;
  if (bothDated && known.birthDate !== film.birthDate) {
    conflicts.push("birth-date");
  }
  return conflicts;
}

/**
 * Whether two spellings may be one person: the same words in any order,
 * without accents and case, or one with fewer of the other's words.
 */
function sameName(a: string, b: string): boolean {
  if (a === UNKNOWN_NAME || b === UNKNOWN_NAME) return true;
  const [left, right] = [nameWords(a), nameWords(b)];
  if (left.size === 0 || right.size === 0) return true;
  const [few, many] = left.size <= right.size ? [left, right] : [right, left];
  return [...few].every((word) => many.has(word));
}

function nameWords(name: string): Set<string> {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("đ", "d")
    .replaceAll("Đ", "D")
    .toLowerCase();
  return new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ""));
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
