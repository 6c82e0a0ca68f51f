import type {
  ModelVersion,
  Patient,
  Prediction,
  Reading,
  ReadingVersion,
  Study,
} from "@lung-iris/prisma";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import { viewOf } from "../film-identity/film-identity.rules.ts";
import type { JudgedFinding } from "../predictions/judged-findings.ts";
import { agreement } from "../readings/reading.rules.ts";
import type { LabelRow } from "./labels-csv.ts";

/** DICOM PS3.3 C.7.3.1.1.1: what a chest film can be. */
const RADIOGRAPHS = new Set(["CR", "DX", "RG", "RF"]);

const OLDEST_AGE_YEARS = 90;
const DAY_MS = 86_400_000;

/** What the reader decided, and thought before. */
export function decisionCells(
  version: ReadingVersion & { reading: Pick<Reading, "opinion"> },
): Pick<
  LabelRow,
  | "decision"
  | "agrees_with_ai"
  | "override_reason"
  | "blind_label"
  | "blind_agrees_with_final"
  | "change_reason"
  | "review_version"
> {
  const { opinion } = version.reading;
  return {
    decision: version.decision,
    agrees_with_ai: agreement(version.decision),
    override_reason: version.overrideReason,
    blind_label: opinion,
    blind_agrees_with_final:
      opinion === null ? null : opinion === version.label,
    change_reason: version.changeReason,
    review_version: version.version,
  };
}

/** What the AI said of the film. */
export function predictionCells(
  prediction:
    | (Prediction & { modelVersion: Pick<ModelVersion, "name" | "sha256"> })
    | null,
  findings: readonly JudgedFinding[],
) {
  const finding = findings.find(({ code }) => code === LEADING_FINDING);
  return {
    ai_assessed: prediction?.gateStatus === "ASSESSED",
    ai_not_assessed_reason: prediction?.gateReason ?? null,
    ai_probability: finding?.probability ?? null,
    ai_threshold: finding?.threshold ?? null,
    model_name: prediction?.modelVersion.name ?? null,
    model_sha256: prediction?.modelVersion.sha256 ?? null,
  };
}

/** Of the patient and the examination what names nobody. */
export function personCells(
  study: Study,
  patient: Patient,
  signed: ReadingVersion,
  filmView: string | null,
) {
  const age = study.patientAgeYears;
  const isOldest = age !== null && age >= OLDEST_AGE_YEARS;
  const { studyDate } = study;
  return {
    age_years:
      age === null ? null : Math.min(OLDEST_AGE_YEARS, wholeYears(age)),
    sex: patient.sex,
    // Both may come from a header, where anything can stand.
    view: viewOf(filmView ?? undefined),
    modality: RADIOGRAPHS.has(study.modality) ? study.modality : "OTHER",
    // With the year of birth the oldest could be told apart.
    study_year: isOldest ? null : (studyDate?.getUTCFullYear() ?? null),
    // Empty where nobody knows the day of the film.
    signed_day_offset:
      studyDate === null
        ? null
        : Math.floor(
            (signed.signedAt.getTime() - studyDate.getTime()) / DAY_MS,
          ),
  };
}

/** Infants keep a tenth of a year; a month of birth is not told by that. */
function wholeYears(age: number): number {
  return age < 2 ? Math.floor(age * 10) / 10 : Math.floor(age);
}
