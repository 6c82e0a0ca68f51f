import type { DicomHeader } from "../types.ts";
import type { DataSet } from "../file/data-set.ts";
import { readIdentity } from "./identity.ts";
import { TAG } from "../file/tags.ts";
import { day, FIRST_BIRTH_YEAR, zoneText } from "./exam-time.ts";
import type { ExamTime } from "./identity-types.ts";
import { readPatientAge } from "./patient-age.ts";

const MAX_TEXT = 200;
const MAX_WEIGHT_KG = 700;

/** Header values that people and the worklist need, cleaned; see `DicomHeader`. */
export function readHeader(
  data: DataSet,
  photometricInterpretation: string,
  transferSyntaxUid: string,
): DicomHeader {
  const header: DicomHeader = {
    photometricInterpretation,
    transferSyntaxUid,
    identity: readIdentity(data),
  };
  const birthDate =
    day(data.code(TAG.patientBirthDate), FIRST_BIRTH_YEAR) ?? undefined;
  const { examTime } = header.identity;
  const age = readPatientAge(
    data.code(TAG.patientAge),
    birthDate,
    examTime.date ?? undefined,
  );
  assign(header, "patientId", shortText(data.text(TAG.patientId)));
  assign(header, "patientName", personName(data.text(TAG.patientName)));
  assign(header, "patientBirthDate", birthDate);
  assign(header, "patientSex", sex(data.code(TAG.patientSex)));
  assign(header, "patientAgeYears", age.years);
  if (age.contradicts) header.ageContradictsBirthDate = true;
  assign(header, "patientWeightKg", weight(data.decimal(TAG.patientWeight)));
  assign(header, "studyInstanceUid", uid(data.code(TAG.studyInstanceUid)));
  assign(header, "seriesInstanceUid", uid(data.code(TAG.seriesInstanceUid)));
  assign(header, "sopInstanceUid", uid(data.code(TAG.sopInstanceUid)));
  assign(header, "accessionNumber", shortText(data.text(TAG.accessionNumber)));
  assign(header, "studyDateTime", dateTime(examTime));
  if (examTime.zoneMinutes !== null)
    header.timezone = zoneText(examTime.zoneMinutes);
  if (data.code(TAG.burnedInAnnotation)?.toUpperCase() === "YES") {
    header.burnedInAnnotation = true;
  }
  assign(
    header,
    "studyDescription",
    shortText(data.text(TAG.studyDescription)),
  );
  assign(header, "modality", data.code(TAG.modality)?.toUpperCase());
  assign(header, "bodyPart", data.code(TAG.bodyPartExamined)?.toUpperCase());
  assign(header, "viewPosition", data.code(TAG.viewPosition)?.toUpperCase());
  assign(header, "institution", shortText(data.text(TAG.institutionName)));
  return header;
}

function assign<K extends keyof DicomHeader>(
  header: DicomHeader,
  key: K,
  value: DicomHeader[K] | undefined,
): void {
  if (value !== undefined) header[key] = value;
}

function shortText(text: string | undefined): string | undefined {
  return text?.replace(/\s+/gu, " ").slice(0, MAX_TEXT);
}

/**
 * "FAMILY, Given Middle" from a PN value (PS3.5 6.2.1): the first component
 * group that says something, prefix and suffix left out.
 */
export function personName(text: string | undefined): string | undefined {
  const groups = text?.split("\\")[0]?.split("=") ?? [];
  for (const group of groups) {
    const [family = "", given = "", middle = ""] = group
      .split("^")
      .map((part) => part.replace(/\s+/gu, " ").trim());
    const rest = [given, middle].filter((part) => part !== "").join(" ");
    const name = [family, rest].filter((part) => part !== "").join(", ");
    if (name !== "") return name.slice(0, MAX_TEXT);
  }
  return undefined;
}

function dateTime({ date, time }: ExamTime): string | undefined {
  if (date === null) return undefined;
  return time === null ? date : `${date}T${time}`;
}

function sex(code: string | undefined): "F" | "M" | "O" | undefined {
  const letter = code?.charAt(0).toUpperCase();
  return letter === "F" || letter === "M" || letter === "O"
    ? letter
    : undefined;
}

function weight(kg: number | undefined): number | undefined {
  return kg !== undefined && kg > 0 && kg < MAX_WEIGHT_KG ? kg : undefined;
}

function uid(code: string | undefined): string | undefined {
  return code !== undefined && /^[0-9.]{1,64}$/u.test(code) ? code : undefined;
}
