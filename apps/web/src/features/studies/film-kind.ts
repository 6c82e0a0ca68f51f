/** What a file is by its first bytes; its name says nothing. */
export type FilmKind = "dicom" | "picture" | "unknown";

/** A DICOM file's mark stands behind a preamble of 128 bytes (PS3.10 §7.1). */
const DICOM_MARK_AT = 128;
export const KIND_BYTES = DICOM_MARK_AT + 4;

export function filmKind(head: Uint8Array): FilmKind {
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47])) return "picture";
  if (startsWith(head, [0xff, 0xd8, 0xff])) return "picture";
  const mark = head.subarray(DICOM_MARK_AT, KIND_BYTES);
  return startsWith(mark, [0x44, 0x49, 0x43, 0x4d]) ? "dicom" : "unknown";
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}

export async function readFilmKind(file: Blob): Promise<FilmKind> {
  const head = await file.slice(0, KIND_BYTES).arrayBuffer();
  return filmKind(new Uint8Array(head));
}

/** Files that lie beside films in every folder and are never one. */
export function isClutter(path: string): boolean {
  const name = path.split("/").at(-1) ?? "";
  return (
    name.startsWith(".") ||
    /^(thumbs\.db|desktop\.ini|dicomdir|__macosx)$/i.test(name) ||
    path.startsWith("__MACOSX/")
  );
}

export function isTableFile(name: string): boolean {
  return /\.(csv|tsv)$/i.test(name);
}
