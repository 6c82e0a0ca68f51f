import { DicomError } from "../errors.ts";
import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";

/** DX, CR and digitised film; DR is not defined but widely written. */
const RADIOGRAPH_MODALITIES = new Set(["DX", "CR", "RG", "DR"]);
/** Says nothing about the picture: decided by the pixels being 2-D and grey. */
const NEUTRAL_MODALITIES = new Set(["", "OT"]);

/** Defined terms of PS3.3 C.7.3.1.1.1, retired ones included. */
const MODALITY_NAMES: Readonly<Record<string, string>> = {
  AR: "autorefraction",
  AU: "audio",
  BI: "biomagnetic imaging",
  BMD: "bone densitometry",
  CD: "colour Doppler ultrasound",
  CF: "cinefluorography",
  CT: "computed tomography",
  CTPROTOCOL: "a CT protocol",
  DD: "duplex Doppler ultrasound",
  DF: "digital fluoroscopy",
  DG: "diaphanography",
  DM: "digital microscopy",
  DOC: "a document",
  DS: "digital subtraction angiography",
  ECG: "an electrocardiogram",
  EEG: "an electroencephalogram",
  EPS: "cardiac electrophysiology",
  ES: "endoscopy",
  FA: "fluorescein angiography",
  FID: "fiducials",
  FS: "fundoscopy",
  GM: "general microscopy",
  HC: "a hard copy",
  HD: "a haemodynamic waveform",
  IO: "an intra-oral X-ray",
  IVOCT: "intravascular optical coherence tomography",
  IVUS: "intravascular ultrasound",
  KER: "keratometry",
  KO: "a key object selection",
  LS: "a laser surface scan",
  M3D: "a model for 3-D printing",
  MA: "magnetic resonance angiography",
  MG: "mammography",
  MR: "magnetic resonance",
  MS: "magnetic resonance spectroscopy",
  NM: "nuclear medicine",
  OAM: "an ophthalmic axial measurement",
  OCT: "optical coherence tomography",
  OP: "eye photography",
  OPM: "ophthalmic mapping",
  OPT: "ophthalmic tomography",
  OPV: "an ophthalmic visual field",
  OT: "other",
  PA: "photoacoustic imaging",
  PLAN: "a plan",
  POS: "position sensing",
  PR: "a presentation state",
  PT: "positron emission tomography",
  PX: "a panoramic dental X-ray",
  REG: "a registration",
  RESP: "a respiratory waveform",
  RF: "fluoroscopy",
  RTDOSE: "a radiotherapy dose",
  RTIMAGE: "a radiotherapy image",
  RTPLAN: "a radiotherapy plan",
  RTRECORD: "a radiotherapy record",
  RTSTRUCT: "a radiotherapy structure set",
  SC: "a secondary capture: a screenshot, a scan or a converted picture",
  SEG: "a segmentation",
  SM: "slide microscopy",
  SMR: "a stereometric relationship",
  SR: "a structured report",
  ST: "single-photon emission tomography",
  TG: "thermography",
  US: "ultrasound",
  VF: "videofluorography",
  XA: "angiography",
  XC: "a photograph",
  XAPROTOCOL: "an X-ray angiography protocol",
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
 * What may be a chest film all the same: projections of other X-ray machines,
 * and pictures of a film. A person who looks at it can say so.
 */
const DOUBTFUL_MODALITIES = new Set([
  "RF",
  "DF",
  "CF",
  "VF",
  "XA",
  "SC",
  "HC",
  "XC",
]);

/** Whether a person's word goes before what the file says of its modality. */
export type ModalityRule = "as-stated" | "may-be-overruled";

/**
 * Lets plain radiographs through, and under `may-be-overruled` what may be one.
 *
 * @returns the modality that was overruled, null for a radiograph.
 * @throws DicomError `not-a-radiograph` naming what the file is, and whether a
 *   person may overrule it.
 */
export function checkIsRadiograph(
  data: DataSet,
  rule: ModalityRule,
): string | null {
  const modality = data.code(TAG.modality)?.toUpperCase() ?? "";
  if (RADIOGRAPH_MODALITIES.has(modality)) return null;
  const ofClass = modalityOfClass(data.code(TAG.sopClassUid) ?? "");
  const actual = NEUTRAL_MODALITIES.has(modality) ? ofClass : modality;
  if (actual === undefined) return null;
  const isDoubtful = mayBeAFilm(actual) && (!ofClass || mayBeAFilm(ofClass));
  if (isDoubtful && rule === "may-be-overruled") return actual;
  const name = MODALITY_NAMES[actual] ?? "not a term of the standard";
  const wayOut = isDoubtful
    ? "If it is a chest film all the same, take it as one, or have the sender correct the modality to CR or DX."
    : "If it is a chest film all the same, have the sender correct the modality to CR or DX, or send the picture as PNG or JPEG with the patient's details.";
  throw new DicomError(
    "not-a-radiograph",
    `The DICOM file is no radiograph: its modality is ${actual} (${name}). ${wayOut}`,
    isDoubtful ? { doubtfulModality: actual } : {},
  );
}

/** A word that the standard does not know rules nothing out. */
function mayBeAFilm(modality: string): boolean {
  return DOUBTFUL_MODALITIES.has(modality) || !(modality in MODALITY_NAMES);
}

function modalityOfClass(sopClass: string): string | undefined {
  return OTHER_SOP_CLASSES.find(
    ([uid]) => sopClass === uid || sopClass.startsWith(`${uid}.`),
  )?.[1];
}
