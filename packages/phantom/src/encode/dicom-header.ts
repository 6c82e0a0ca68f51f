import type { DicomElement } from "@lung-iris/dicom/writer";

import type { DicomPatient, DicomStudy } from "./dicom-subject.ts";
import type { View } from "../types.ts";

/** Digital X-Ray Image Storage - For Presentation (PS3.4, B.5). */
export const DX_FOR_PRESENTATION = "1.2.840.10008.5.1.4.1.1.1.1";

/** Identifiers of one film. */
export interface DicomUids {
  readonly study: string;
  readonly series: string;
  readonly instance: string;
}

function code(value: string, meaning: string): readonly DicomElement[] {
  return [
    ["00080100", "SH", value],
    ["00080102", "SH", "SCT"],
    ["00080104", "LO", meaning],
  ];
}

/** PS3.3, C.7.1.1 and C.7.2.2. */
export function patientElements(patient: DicomPatient): DicomElement[] {
  const elements: DicomElement[] = [
    ["00100010", "PN", `${patient.familyName}^${patient.givenName}`],
    ["00100020", "LO", patient.id],
    ["00100030", "DA", patient.birthDate ?? ""],
    ["00100040", "CS", patient.sex],
  ];
  if (patient.ageYears !== undefined) {
    const months = Math.floor(patient.ageYears * 12);
    const text =
      months < 24
        ? `${String(months).padStart(3, "0")}M`
        : `${String(Math.floor(patient.ageYears)).padStart(3, "0")}Y`;
    elements.push(["00101010", "AS", text]);
  }
  if (patient.weightKg !== undefined) {
    elements.push([
      "00101030",
      "DS",
      String(Math.round(patient.weightKg * 10) / 10),
    ]);
  }
  return elements;
}

/** PS3.3, C.7.2.1, C.7.3.1, C.7.5.1, C.8.11.1 and C.12.1. */
export function studyElements(
  study: DicomStudy,
  uids: DicomUids,
): DicomElement[] {
  return [
    ["00080005", "CS", "ISO_IR 192"],
    ["00080008", "CS", "ORIGINAL\\PRIMARY"],
    ["00080016", "UI", DX_FOR_PRESENTATION],
    ["00080018", "UI", uids.instance],
    ["00080020", "DA", study.date],
    ["00080021", "DA", study.date],
    ["00080022", "DA", study.date],
    ["00080023", "DA", study.date],
    ["00080030", "TM", study.time],
    ["00080032", "TM", study.time],
    ["00080033", "TM", study.time],
    ["00080050", "SH", study.accessionNumber],
    ["00080060", "CS", "DX"],
    ["00080068", "CS", "FOR PRESENTATION"],
    ["00080070", "LO", "Lung Iris"],
    ["00080080", "LO", study.institution ?? ""],
    ["00080090", "PN", ""],
    ["00081030", "LO", study.description],
    ["00081090", "LO", "Phantom"],
    ["0020000D", "UI", uids.study],
    ["0020000E", "UI", uids.series],
    ["00200010", "SH", "1"],
    ["00200011", "IS", "1"],
    ["00200013", "IS", "1"],
    ...(study.ward === undefined
      ? []
      : [["00380300", "LO", study.ward] satisfies DicomElement]),
  ];
}

/** SNOMED CT codes of PS3.16, CID 4010. */
const VIEW_CODES: Record<View, readonly DicomElement[]> = {
  AP: code("399348003", "antero-posterior"),
  PA: code("272479007", "postero-anterior"),
};

/** PS3.3, C.8.11.2, C.8.11.4 and C.8.11.5. */
export function projectionElements(
  view: View,
  pixelSpacingMm: number,
): DicomElement[] {
  const spacing = pixelSpacingMm.toFixed(4);
  return [
    ["00082218", "SQ", [code("51185008", "Chest")]],
    ["00180015", "CS", "CHEST"],
    ["00181164", "DS", `${spacing}\\${spacing}`],
    ["00185101", "CS", view],
    ["00187004", "CS", "DIRECT"],
    // The film hangs as one faces the patient: rows run to the patient's left.
    ["00200020", "CS", "L\\F"],
    ["00200062", "CS", "U"],
    ["00400555", "SQ", []],
    ["00540220", "SQ", [VIEW_CODES[view]]],
  ];
}
