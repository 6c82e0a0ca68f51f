import { createHash } from "node:crypto";

import {
  uidFromName,
  writeDicom,
  type DicomElement,
} from "@lung-iris/dicom/writer";

import type { FilmPixels, View } from "../types.ts";
import {
  DX_FOR_PRESENTATION,
  patientElements,
  projectionElements,
  studyElements,
} from "./dicom-header.ts";
import type { DicomPatient, DicomStudy } from "./dicom-subject.ts";

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
function pixelElements(
  film: FilmPixels,
  options: DicomOptions,
): DicomElement[] {
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
    ["00280002", "US", 1],
    ["00280004", "CS", photometric],
    ["00280010", "US", film.height],
    ["00280011", "US", film.width],
    ["00280100", "US", wide ? 16 : 8],
    ["00280101", "US", bitsStored],
    ["00280102", "US", bitsStored - 1],
    ["00280103", "US", 0],
    ["00280301", "CS", "NO"],
    ["00281040", "CS", "LOG"],
    ["00281041", "SS", isInverted ? 1 : -1],
    ["00281050", "DS", String(window.center)],
    ["00281051", "DS", String(window.width)],
    ["00281052", "DS", String(intercept)],
    ["00281053", "DS", String(slope)],
    ["00281054", "LO", "US"],
    ["00282110", "CS", "00"],
    ["20500020", "CS", isInverted ? "INVERSE" : "IDENTITY"],
    ["7FE00010", wide ? "OW" : "OB", storedBytes(film, bitsStored, isInverted)],
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
  const study = { ...DEFAULT_STUDY, ...options.study };
  const name = [patient.id, study.accessionNumber, study.date, study.time];
  const studyUid = uidFromName(["study", ...name].join("|"));
  const uids = {
    study: studyUid,
    series: uidFromName(`series|${studyUid}`),
    instance: uidFromName(`instance|${studyUid}|${pixelDigest(film)}`),
  };
  const elements = [
    ...studyElements(study, uids),
    ...patientElements(patient),
    ...projectionElements(options.view ?? "PA", options.pixelSpacing ?? 0.35),
    ...pixelElements(film, options),
  ].sort(([a], [b]) => a.localeCompare(b));
  const writer = uidFromName("lung-iris phantom writer");
  return writeDicom(elements, {
    transferSyntax: TRANSFER_SYNTAX[options.transferSyntax ?? "explicit"],
    metaElements: [
      ["00020001", "OB", Uint8Array.of(0, 1)],
      ["00020002", "UI", DX_FOR_PRESENTATION],
      ["00020003", "UI", uids.instance],
      ["00020012", "UI", writer],
      ["00020013", "SH", "LUNGIRIS_PHANTOM"],
    ],
  });
}
