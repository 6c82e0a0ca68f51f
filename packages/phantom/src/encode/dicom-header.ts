import type { Element } from "./dicom-element.ts";
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

function code(value: string, meaning: string): readonly Element[] {
  return [
    { tag: 0x00080100, vr: "SH", text: value },
    { tag: 0x00080102, vr: "SH", text: "SCT" },
    { tag: 0x00080104, vr: "LO", text: meaning },
  ];
}

/** PS3.3, C.7.1.1 and C.7.2.2. */
export function patientElements(patient: DicomPatient): Element[] {
  const elements: Element[] = [
    {
      tag: 0x00100010,
      vr: "PN",
      text: `${patient.familyName}^${patient.givenName}`,
    },
    { tag: 0x00100020, vr: "LO", text: patient.id },
    { tag: 0x00100030, vr: "DA", text: patient.birthDate ?? "" },
    { tag: 0x00100040, vr: "CS", text: patient.sex },
  ];
  if (patient.ageYears !== undefined) {
    const months = Math.floor(patient.ageYears * 12);
    const text =
      months < 24
        ? `${String(months).padStart(3, "0")}M`
        : `${String(Math.floor(patient.ageYears)).padStart(3, "0")}Y`;
    elements.push({ tag: 0x00101010, vr: "AS", text });
  }
  if (patient.weightKg !== undefined) {
    elements.push({
      tag: 0x00101030,
      vr: "DS",
      text: String(Math.round(patient.weightKg * 10) / 10),
    });
  }
  return elements;
}

/** PS3.3, C.7.2.1, C.7.3.1, C.7.5.1, C.8.11.1 and C.12.1. */
export function studyElements(study: DicomStudy, uids: DicomUids): Element[] {
  return [
    { tag: 0x00080005, vr: "CS", text: "ISO_IR 192" },
    { tag: 0x00080008, vr: "CS", text: "ORIGINAL\\PRIMARY" },
    { tag: 0x00080016, vr: "UI", text: DX_FOR_PRESENTATION },
    { tag: 0x00080018, vr: "UI", text: uids.instance },
    { tag: 0x00080020, vr: "DA", text: study.date },
    { tag: 0x00080021, vr: "DA", text: study.date },
    { tag: 0x00080022, vr: "DA", text: study.date },
    { tag: 0x00080023, vr: "DA", text: study.date },
    { tag: 0x00080030, vr: "TM", text: study.time },
    { tag: 0x00080032, vr: "TM", text: study.time },
    { tag: 0x00080033, vr: "TM", text: study.time },
    { tag: 0x00080050, vr: "SH", text: study.accessionNumber },
    { tag: 0x00080060, vr: "CS", text: "DX" },
    { tag: 0x00080068, vr: "CS", text: "FOR PRESENTATION" },
    { tag: 0x00080070, vr: "LO", text: "Lung Iris" },
    { tag: 0x00080080, vr: "LO", text: study.institution ?? "" },
    { tag: 0x00080090, vr: "PN", text: "" },
    { tag: 0x00081030, vr: "LO", text: study.description },
    { tag: 0x00081090, vr: "LO", text: "Phantom" },
    { tag: 0x0020000d, vr: "UI", text: uids.study },
    { tag: 0x0020000e, vr: "UI", text: uids.series },
    { tag: 0x00200010, vr: "SH", text: "1" },
    { tag: 0x00200011, vr: "IS", text: "1" },
    { tag: 0x00200013, vr: "IS", text: "1" },
  ];
}

/** SNOMED CT codes of PS3.16, CID 4010. */
const VIEW_CODES: Record<View, readonly Element[]> = {
  AP: code("399348003", "antero-posterior"),
  PA: code("272479007", "postero-anterior"),
};

/** PS3.3, C.8.11.2, C.8.11.4 and C.8.11.5. */
export function projectionElements(
  view: View,
  pixelSpacingMm: number,
): Element[] {
  const spacing = pixelSpacingMm.toFixed(4);
  return [
    {
      tag: 0x00082218,
      vr: "SQ",
      items: [code("51185008", "Chest")],
    },
    { tag: 0x00180015, vr: "CS", text: "CHEST" },
    { tag: 0x00181164, vr: "DS", text: `${spacing}\\${spacing}` },
    { tag: 0x00185101, vr: "CS", text: view },
    { tag: 0x00187004, vr: "CS", text: "DIRECT" },
    // The film hangs as one faces the patient: rows run to the patient's left.
    { tag: 0x00200020, vr: "CS", text: "L\\F" },
    { tag: 0x00200062, vr: "CS", text: "U" },
    { tag: 0x00400555, vr: "SQ", items: [] },
    { tag: 0x00540220, vr: "SQ", items: [VIEW_CODES[view]] },
  ];
}
