import type { FilmPixels, View } from "../types.ts";
import { createHash } from "node:crypto";
import { encodeElements, encodePart10, type Element } from "./dicom-element.ts";
import {
  DX_FOR_PRESENTATION,
  patientElements,
  projectionElements,
  studyElements,
} from "./dicom-header.ts";
import type { DicomPatient, DicomStudy } from "./dicom-subject.ts";
import { uidFromName } from "./uid.ts";

/** How the film is written. All of it may be left out. */
export interface DicomOptions {
  readonly study?: Partial<DicomStudy>;
  readonly view?: View;
  /** Millimetres; 0.35 unless given. */
  readonly pixelSpacing?: number;
  readonly photometric?: "MONOCHROME1" | "MONOCHROME2";
  readonly transferSyntax?: "explicit" | "implicit";
  /** 8 to 16; 12 unless given. */
  readonly bitsStored?: number;
  /** Modality LUT (PS3.3, C.11.1.1.2); 1 and 0 unless given. */
  readonly rescale?: { readonly slope: number; readonly intercept: number };
  /**
   * VOI window (PS3.3, C.11.2.1.2), in rescaled units; the whole range unless
   * given. It says how to show the film, it does not change the pixels.
   */
  readonly window?: { readonly center: number; readonly width: number };
}

const TRANSFER_SYNTAX = {
  implicit: "1.2.840.10008.1.2",
  explicit: "1.2.840.10008.1.2.1",
} as const;

const DEFAULT_STUDY: DicomStudy = {
  date: "20250101",
  time: "080000",
  accessionNumber: "",
  description: "Chest",
};

/** Stored values: scaled to the depth, turned round for MONOCHROME1. */
function storedBytes(
  film: FilmPixels,
  bitsStored: number,
  isInverted: boolean,
): Uint8Array {
  const top = 2 ** bitsStored - 1;
  const scale = top / film.maxValue;
  const wide = bitsStored > 8;
  const bytes = new Uint8Array(film.pixels.length * (wide ? 2 : 1));
  for (let i = 0; i < film.pixels.length; i++) {
    const value = Math.round((film.pixels[i] ?? 0) * scale);
    const stored = isInverted ? top - value : value;
    if (wide) {
      bytes[2 * i] = stored & 0xff;
      bytes[2 * i + 1] = stored >> 8;
    } else {
      bytes[i] = stored;
    }
  }
  return bytes;
}

/** Tells two films of one study apart. */
function pixelDigest(film: FilmPixels): string {
  const { buffer, byteOffset, byteLength } = film.pixels;
  return createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest("hex");
}

/** Image pixel, DX image and VOI modules (PS3.3, C.7.6.3, C.8.11.3, C.11.2). */
function pixelElements(film: FilmPixels, options: DicomOptions): Element[] {
  const bitsStored = options.bitsStored ?? 12;
  const photometric = options.photometric ?? "MONOCHROME2";
  const isInverted = photometric === "MONOCHROME1";
  const wide = bitsStored > 8;
  const { slope, intercept } = options.rescale ?? { slope: 1, intercept: 0 };
  const range = 2 ** bitsStored;
  const window = options.window ?? {
    // PS3.3, C.11.2.1.2.1: width w at centre c spans c − 0.5 ± (w − 1)/2.
    center: intercept + (slope * range) / 2,
    width: slope * range,
  };
  return [
    { tag: 0x00280002, vr: "US", number: 1 },
    { tag: 0x00280004, vr: "CS", text: photometric },
    { tag: 0x00280010, vr: "US", number: film.height },
    { tag: 0x00280011, vr: "US", number: film.width },
    { tag: 0x00280100, vr: "US", number: wide ? 16 : 8 },
    { tag: 0x00280101, vr: "US", number: bitsStored },
    { tag: 0x00280102, vr: "US", number: bitsStored - 1 },
    { tag: 0x00280103, vr: "US", number: 0 },
    { tag: 0x00280301, vr: "CS", text: "NO" },
    { tag: 0x00281040, vr: "CS", text: "LOG" },
    { tag: 0x00281041, vr: "SS", number: isInverted ? 1 : -1 },
    { tag: 0x00281050, vr: "DS", text: String(window.center) },
    { tag: 0x00281051, vr: "DS", text: String(window.width) },
    { tag: 0x00281052, vr: "DS", text: String(intercept) },
    { tag: 0x00281053, vr: "DS", text: String(slope) },
    { tag: 0x00281054, vr: "LO", text: "US" },
    { tag: 0x00282110, vr: "CS", text: "00" },
    { tag: 0x20500020, vr: "CS", text: isInverted ? "INVERSE" : "IDENTITY" },
    {
      tag: 0x7fe00010,
      vr: wide ? "OW" : "OB",
      bytes: storedBytes(film, bitsStored, isInverted),
    },
  ];
}

/**
 * Writes a film as a DICOM file (Part 10) of the class Digital X-Ray Image
 * Storage - For Presentation. Deterministic: UIDs derive from patient and study.
 *
 * @throws RangeError when `bitsStored` is not a whole number from 8 to 16.
 */
export function encodePhantomDicom(
  film: FilmPixels,
  patient: DicomPatient,
  options: DicomOptions = {},
): Uint8Array {
  const bitsStored = options.bitsStored ?? 12;
  if (!Number.isInteger(bitsStored) || bitsStored < 8 || bitsStored > 16) {
    throw new RangeError(`bitsStored must be from 8 to 16, not ${bitsStored}`);
  }
  const isExplicit = (options.transferSyntax ?? "explicit") === "explicit";
  const study = { ...DEFAULT_STUDY, ...options.study };
  const name = [patient.id, study.accessionNumber, study.date, study.time];
  const studyUid = uidFromName(["study", ...name].join("|"));
  const uids = {
    study: studyUid,
    series: uidFromName(`series|${studyUid}`),
    instance: uidFromName(`instance|${studyUid}|${pixelDigest(film)}`),
  };
  const dataSet = encodeElements(
    [
      ...studyElements(study, uids),
      ...patientElements(patient),
      ...projectionElements(options.view ?? "PA", options.pixelSpacing ?? 0.35),
      ...pixelElements(film, options),
    ],
    isExplicit,
  );
  const syntax = TRANSFER_SYNTAX[isExplicit ? "explicit" : "implicit"];
  return encodePart10(
    [
      { tag: 0x00020001, vr: "OB", bytes: Uint8Array.of(0, 1) },
      { tag: 0x00020002, vr: "UI", text: DX_FOR_PRESENTATION },
      { tag: 0x00020003, vr: "UI", text: uids.instance },
      { tag: 0x00020010, vr: "UI", text: syntax },
      {
        tag: 0x00020012,
        vr: "UI",
        text: uidFromName("lung-iris phantom writer"),
      },
      { tag: 0x00020013, vr: "SH", text: "LUNGIRIS_PHANTOM" },
    ],
    dataSet,
  );
}
