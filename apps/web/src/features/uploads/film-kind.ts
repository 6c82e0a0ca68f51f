import {
  HEAD_BYTES,
  type ByFile,
  type FilePlace,
  byFileOf,
} from "./by-files.ts";

/** What a file is by its first bytes; its name says nothing. */
export type FilmKind = "dicom" | "picture" | "unknown";

/** A DICOM file's mark stands behind a preamble of 128 bytes (PS3.10 §7.1). */
const DICOM_MARK_AT = 128;
const KIND_BYTES = DICOM_MARK_AT + 4;

export function filmKind(head: Uint8Array): FilmKind {
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47])) return "picture";
  if (startsWith(head, [0xff, 0xd8, 0xff])) return "picture";
  const mark = head.subarray(DICOM_MARK_AT, KIND_BYTES);
  return startsWith(mark, [0x44, 0x49, 0x43, 0x4d]) ? "dicom" : "unknown";
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}

export interface FileFacts {
  kind: FilmKind;
  /** What it is, where it lies beside films and is none. */
  aside: ByFile | null;
}

export async function readFileFacts(
  file: Blob,
  path: string,
  place: FilePlace = {},
): Promise<FileFacts> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return { kind: filmKind(head), aside: byFileOf(path, head, place) };
}

/** By its name nothing but a table. */
export function isSurelyTable(name: string): boolean {
  return /\.(csv|tsv|tab)$/i.test(name);
}

/** May be a table of details: what a spreadsheet saves as text. */
export function isTableFile(name: string): boolean {
  return /\.(csv|tsv|tab|txt)$/i.test(name);
}
