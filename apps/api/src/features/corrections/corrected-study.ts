import type { Patient, Prisma, Study } from "@lung-iris/prisma";
import { BadInputError } from "../../errors.ts";
import { ageOn, agesClash } from "../film-identity/age.rules.ts";
import { examTime, type ExamTime } from "../film-identity/exam-time.rules.ts";
import { viewOf } from "../film-identity/film-identity.rules.ts";
import { isoDay } from "../../platform/iso-day.ts";
import type { StudyDetails } from "../film-identity/study-details.ts";
import { given } from "./given-fields.ts";
import type { StudyDetailsInput } from "./study.input.ts";

/** What a correction is made on. */
export interface CorrectedStudy {
  study: Study;
  /** As corrected. */
  patient: Pick<Patient, "birthDate">;
  siteZone: string | null;
  /** ISO day of the correction. */
  today: string;
}

/**
 * The study's columns after the correction. Throws `BadInputError` where an
 * age and a birth date cannot both be right, naming both.
 */
export function studyColumns(
  on: CorrectedStudy,
  details: StudyDetails,
  input: StudyDetailsInput,
): Prisma.StudyUncheckedUpdateInput {
  const time = timeOf(on, input);
  return {
    ...(time === null ? {} : columnsOf(time)),
    patientAgeYears: ageOf(on, time, details, input),
    ...given(details.weightKg, input.weightKg, "patientWeightKg"),
    ...given(
      viewOf(details.viewPosition) ?? undefined,
      input.viewPosition,
      "viewPosition",
    ),
    ...given(details.accessionNumber, input.accessionNumber, "accessionNumber"),
    ...given(details.description, input.description, "description"),
    ...given(details.clinicalNote, input.clinicalNote, "clinicalNote"),
    ...given(details.ward, input.ward, "ward"),
    ...(input.clinicalFlags === undefined
      ? {}
      : { clinicalFlags: [...new Set(details.clinicalFlags ?? [])] }),
  };
}

const DAY_MS = 86_400_000;

/** The corrected day and time; null where neither was touched. */
function timeOf(
  { study, siteZone, today }: CorrectedStudy,
  input: StudyDetailsInput,
): ExamTime | null {
  const { studyDate, studyTime } = input;
  if (studyDate === undefined && studyTime === undefined) return null;
  const day = studyDate === undefined ? isoDay(study.studyDate) : studyDate;
  if (day === null || day === "")
    return {
      studyDate: null,
      studyTime: null,
      zoneMinutes: null,
      studiedAt: null,
    };
  const tomorrow = new Date(Date.parse(today) + DAY_MS).toISOString();
  if (day > tomorrow.slice(0, 10))
    throw new BadInputError(
      "The day of the film lies in the future.",
      ["input.studyDate"],
      { problem: "film-date-in-future" },
    );
  const clock = studyTime === undefined ? study.studyTime : studyTime;
  const time = clock === null || clock === "" ? null : clock;
  return examTime(
    day,
    time?.length === 5 ? `${time}:00` : time,
    studyDate === undefined ? study.zoneMinutes : null,
    siteZone,
  );
}

function columnsOf({ studyDate, ...rest }: ExamTime) {
  return {
    ...rest,
    studyDate: studyDate === null ? null : new Date(studyDate),
  };
}

function ageOf(
  { study, patient, today }: CorrectedStudy,
  time: ExamTime | null,
  details: StudyDetails,
  input: StudyDetailsInput,
): number | null {
  const birthDate = isoDay(patient.birthDate);
  const studyDate = time === null ? isoDay(study.studyDate) : time.studyDate;
  const stated = details.ageYears ?? null;
  if (agesClash({ stated, birthDate, studyDate, today }))
    throw new BadInputError(
      clashText(stated, birthDate, studyDate),
      details.birthDate === undefined
        ? ["input.ageYears"]
        : ["input.birthDate"],
      {
        problem: "age-contradicts-birth-date",
        years: stated ?? 0,
        birthDate: birthDate ?? "",
        day: studyDate ?? "",
      },
    );
  const isTouched =
    [details.ageYears, details.birthDate].some((said) => said !== undefined) ||
    time !== null;
  if (input.ageYears === null && details.birthDate === undefined) return null;
  if (!isTouched) return study.patientAgeYears;
  const kept = study.patientAgeYears;
  const isKeptWrong = agesClash({ stated: kept, birthDate, studyDate, today });
  return ageOn(birthDate, studyDate) ?? stated ?? (isKeptWrong ? null : kept);
}

function clashText(
  stated: number | null,
  birthDate: string | null,
  studyDate: string | null,
): string {
  const years = String(stated);
  const on = studyDate === null ? "" : ` on ${studyDate}, the day of the film`;
  return `An age of ${years} years and a birth on ${birthDate ?? ""} cannot both be right${on}. Correct one of them.`;
}
