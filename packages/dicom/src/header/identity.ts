import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";
import { ageYears } from "./patient-age.ts";
import { readExamTime } from "./exam-time.ts";
import { personNames } from "./person-names.ts";
import type { FilmIdentityHeader } from "./identity-types.ts";

const MAX_TEXT = 200;

/**
 * What an archive, a report and another system need to name the film by:
 * read as it stands; nothing is made up and nothing is judged here.
 */
export function readIdentity(data: DataSet): FilmIdentityHeader {
  const request = data.items(TAG.requestAttributesSequence)[0];
  return {
    names: personNames(data.text(TAG.patientName)),
    issuer: text(data.text(TAG.issuerOfPatientId)),
    examTime: readExamTime(data),
    statedAge: text(data.code(TAG.patientAge)),
    // Zero of whatever unit is what is written where nobody was asked.
    statedAgeYears: knownAge(ageYears(data.code(TAG.patientAge))),
    sopClassUid: uid(data.code(TAG.sopClassUid)),
    referringPhysician: text(
      firstValue(data.text(TAG.referringPhysician))?.replace(/\^+/gu, " "),
    ),
    requestedProcedure: text(
      data.text(TAG.requestedProcedureDescription) ??
        request?.text(TAG.requestedProcedureDescription),
    ),
    ward: text(data.text(TAG.currentPatientLocation)),
    department: text(data.text(TAG.institutionalDepartmentName)),
    series: {
      description: text(data.text(TAG.seriesDescription)),
      number: wholeNumber(data.decimal(TAG.seriesNumber)),
      laterality: text(data.code(TAG.laterality)),
      station: text(data.text(TAG.stationName)),
      manufacturer: text(data.text(TAG.manufacturer)),
      model: text(data.text(TAG.manufacturerModelName)),
    },
  };
}

function text(value: string | undefined): string | null {
  const clean = value?.replace(/\s+/gu, " ").trim().slice(0, MAX_TEXT) ?? "";
  return clean === "" ? null : clean;
}

function firstValue(value: string | undefined): string | undefined {
  return value?.split("\\")[0]?.split("=")[0];
}

function uid(code: string | undefined): string | null {
  return code !== undefined && /^[0-9.]{1,64}$/u.test(code) ? code : null;
}

/** An IS value (PS3.5 6.2: 32 bits). */
function wholeNumber(value: number | undefined): number | null {
  const isWhole = value !== undefined && Number.isInteger(value);
  return isWhole && Math.abs(value) < 2 ** 31 ? value : null;
}

/** Years, or null where nothing or zero was written. */
function knownAge(years: number | null | undefined): number | null {
  return years === undefined || years === 0 ? null : years;
}
