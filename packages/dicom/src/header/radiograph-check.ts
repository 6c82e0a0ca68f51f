import { DicomError } from "../errors.ts";
import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";

/** DX, CR and digitised film; DR is not defined but widely written. */
const RADIOGRAPH_MODALITIES = new Set(["DX", "CR", "RG", "DR"]);
/** Says nothing about the picture: decided by the pixels being 2-D and grey. */
const NEUTRAL_MODALITIES = new Set(["", "OT"]);

const MODALITY_NAMES: Readonly<Record<string, string>> = {
  CT: "computed tomography",
  MR: "magnetic resonance",
  US: "ultrasound",
  PT: "positron emission tomography",
  NM: "nuclear medicine",
  MG: "mammography",
  XA: "angiography",
  RF: "fluoroscopy",
  PX: "a panoramic dental X-ray",
  IO: "an intra-oral X-ray",
  ES: "endoscopy",
  XC: "a photograph",
  SM: "slide microscopy",
  OP: "eye photography",
  ECG: "an electrocardiogram",
  SR: "a structured report",
  PR: "a presentation state",
  DOC: "a document",
  SEG: "a segmentation",
  RTIMAGE: "a radiotherapy image",
};

/** SOP classes (PS3.4 B.5) that are never a radiograph, where no modality is given. */
const OTHER_SOP_CLASSES: readonly (readonly [string, string])[] = [
  ["1.2.840.10008.5.1.4.1.1.2", "CT"],
  ["1.2.840.10008.5.1.4.1.1.4", "MR"],
  ["1.2.840.10008.5.1.4.1.1.6", "US"],
  ["1.2.840.10008.5.1.4.1.1.3.1", "US"],
  ["1.2.840.10008.5.1.4.1.1.20", "NM"],
  ["1.2.840.10008.5.1.4.1.1.128", "PT"],
  ["1.2.840.10008.5.1.4.1.1.12", "XA"],
  ["1.2.840.10008.5.1.4.1.1.1.2", "MG"],
  ["1.2.840.10008.5.1.4.1.1.1.3", "IO"],
  ["1.2.840.10008.5.1.4.1.1.88", "SR"],
  ["1.2.840.10008.5.1.4.1.1.104", "DOC"],
];

/**
 * Lets plain radiographs through.
 *
 * @throws DicomError `not-a-radiograph` naming what the file is.
 */
export function checkIsRadiograph(data: DataSet): void {
  const modality = data.code(TAG.modality)?.toUpperCase() ?? "";
  if (RADIOGRAPH_MODALITIES.has(modality)) return;
  const actual = NEUTRAL_MODALITIES.has(modality)
    ? modalityOfClass(data.code(TAG.sopClassUid) ?? "")
    : modality;
  if (actual === undefined) return;
  const name = MODALITY_NAMES[actual];
  throw new DicomError(
    "not-a-radiograph",
    `The DICOM file is no radiograph: its modality is ${actual}${name === undefined ? "" : ` (${name})`}; CR, DX and RG are read.`,
  );
}

function modalityOfClass(sopClass: string): string | undefined {
  return OTHER_SOP_CLASSES.find(
    ([uid]) => sopClass === uid || sopClass.startsWith(`${uid}.`),
  )?.[1];
}
