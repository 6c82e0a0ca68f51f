import type { DicomHeader } from "../types.ts";
import type { DataSet } from "../file/data-set.ts";
import { readIdentity } from "./identity.ts";
import { instanceUid } from "./instance-uid.ts";
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
  const birthDate = birthDay(data.code(TAG.patientBirthDate));
  const { examTime } = header.identity;
  const age = readPatientAge(
    data.code(TAG.patientAge),
    birthDate,
    examTime.date ?? undefined,
  );
  assign(header, "patientId", shortText(data.text(TAG.patientId)));
  assign(header, "patientName", personName(data.text(TAG.patientName)));
  assign(header, "patientBirthDate", birthDate);
  assign(header, "patientSex", sex(firstValue(data.text(TAG.patientSex))));
  assign(header, "patientAgeYears", age.years);
  if (age.contradicts) header.ageContradictsBirthDate = true;
  assign(header, "patientWeightKg", weight(data.decimal(TAG.patientWeight)));
  assign(
    header,
    "studyInstanceUid",
    instanceUid(data.code(TAG.studyInstanceUid)),
  );
  assign(
    header,
    "seriesInstanceUid",
    instanceUid(data.code(TAG.seriesInstanceUid)),
  );
  assign(header, "sopInstanceUid", instanceUid(data.code(TAG.sopInstanceUid)));
  assign(header, "accessionNumber", shortText(data.text(TAG.accessionNumber)));
  assign(header, "studyDateTime", dateTime(examTime));
  if (examTime.zoneMinutes !== null)
    header.timezone = zoneText(examTime.zoneMinutes);
  if (saysYes(data.code(TAG.burnedInAnnotation))) {
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

/** Days that programs write where they know none. */
const NO_BIRTH_DAYS = new Set(["1900-01-01", "1899-12-30", "1899-12-31"]);

function birthDay(text: string | undefined): string | undefined {
  const found = day(text, FIRST_BIRTH_YEAR);
  return found === null || NO_BIRTH_DAYS.has(found) ? undefined : found;
}

/** YES, and what is written for it. */
function saysYes(code: string | undefined): boolean {
  return /^(?:Y(?:ES)?|T(?:RUE)?|1)$/iu.test(code ?? "");
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

/**
 * The sex by its code or a whole word for it: the first letter alone makes a
 * woman ("Mujer") or a gap ("Missing") a man.
 */
const SEXES: Readonly<Record<string, "F" | "M" | "O">> = {
  F: "F",
  FEMALE: "F",
  FEM: "F",
  FEMININ: "F",
  FEMININO: "F",
  FEMENINO: "F",
  FEMME: "F",
  FRAU: "F",
  MUJER: "F",
  W: "F",
  WEIBLICH: "F",
  WOMAN: "F",
  NU: "F",
  M: "M",
  MALE: "M",
  MASC: "M",
  MASCULIN: "M",
  MASCULINO: "M",
  MANN: "M",
  MÄNNLICH: "M",
  MAN: "M",
  HOMME: "M",
  HOMBRE: "M",
  NAM: "M",
  O: "O",
  OTHER: "O",
};

function sex(text: string | undefined): "F" | "M" | "O" | undefined {
  const word = text?.toUpperCase() ?? "";
  // "NỮ" with and without its marks.
  const plain = word.normalize("NFD").replace(/\p{M}/gu, "");
  return SEXES[word] ?? SEXES[plain];
}

function firstValue(text: string | undefined): string | undefined {
  return text?.split("\\")[0]?.trim();
}

function weight(kg: number | undefined): number | undefined {
  return kg !== undefined && kg > 0 && kg < MAX_WEIGHT_KG ? kg : undefined;
}
