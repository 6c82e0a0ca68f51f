import type { DicomElement, DicomValue } from "./write-dicom.ts";

/** What a written film's header says, where it differs from a plain 12-bit one. */
export interface WrittenFilm {
  rows: number;
  columns: number;
  bitsAllocated?: number;
  bitsStored?: number;
  highBit?: number;
  signed?: boolean;
  photometric?: string;
  samplesPerPixel?: number;
  modality?: string;
  pixelVr?: string;
  pixels: DicomValue;
  /** Further elements, merged in tag order; they replace those above. */
  more?: readonly DicomElement[];
}

/** Elements of a CR film in tag order. */
export function filmElements(film: WrittenFilm): DicomElement[] {
  const bitsAllocated = film.bitsAllocated ?? 16;
  const bitsStored = film.bitsStored ?? Math.min(12, bitsAllocated);
  const plain: DicomElement[] = [
    ["00080060", "CS", film.modality ?? "CR"],
    ["00280002", "US", film.samplesPerPixel ?? 1],
    ["00280004", "CS", film.photometric ?? "MONOCHROME2"],
    ["00280010", "US", film.rows],
    ["00280011", "US", film.columns],
    ["00280100", "US", bitsAllocated],
    ["00280101", "US", bitsStored],
    ["00280102", "US", film.highBit ?? bitsStored - 1],
    ["00280103", "US", film.signed === true ? 1 : 0],
    ["7FE00010", film.pixelVr ?? "OW", film.pixels],
  ];
  const byTag = new Map(plain.map((e) => [e[0], e]));
  for (const e of film.more ?? []) byTag.set(e[0], e);
  return [...byTag.values()].sort((a, b) => a[0].localeCompare(b[0]));
}

/** The picture in the committed codec samples: 12 bits, 48 × 40, slopes and a step. */
export function samplePixel(x: number, y: number): number {
  const step = x > 20 && x < 34 && y > 10 && y < 26 ? 900 : 0;
  return 200 + x * 40 + y * 25 + step;
}

export const SAMPLE_WIDTH = 48;
export const SAMPLE_HEIGHT = 40;

/** `samplePixel` of every pixel. */
export function samplePixels(): number[] {
  return Array.from({ length: SAMPLE_WIDTH * SAMPLE_HEIGHT }, (_, i) =>
    samplePixel(i % SAMPLE_WIDTH, Math.trunc(i / SAMPLE_WIDTH)),
  );
}
